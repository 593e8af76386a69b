import type { RequestListener } from 'node:http';
import { idleUploadMs } from './collaboration/proofs/cut-uploads.ts';
import { createAi } from './compose/ai-engine.ts';
import { composeDocumentation } from './compose/documentation.ts';
import { openEngines } from './compose/engines.ts';
import { furnish } from './compose/furnish.ts';
import { createGateway } from './compose/gateway.ts';
import type { OutsideParts } from './compose/records-engine.ts';
import { createServer } from './compose/server.ts';
import { takeServerLease } from './compose/server-lease.ts';
import { createServices } from './compose/services.ts';
import { clock } from './compose/system-time.ts';
import type { Config } from './config.ts';
import { createLogger, type Logger } from './telemetry/logger.ts';

/** A whole Proofdesk, ready to start. */
export interface Proofdesk {
  demo: boolean;
  logger: Logger;
  /** Listens; resolves with the address when everything is ready. */
  start(): Promise<{ url: string }>;
  /** Serves requests that somebody else receives, as a cloud function does. */
  serve(): RequestListener;
  /** Finishes what is in flight, flushes and lets go of everything; safe to call twice. */
  stop(): Promise<void>;
  /** Fulfilled when another server has taken over these records: whoever opened this one stops it. */
  lost: Promise<void>;
}

const takenOver =
  'Another server has taken over these records, as it may when this one stands still or its database does not ' +
  'answer for half a minute: this one stops. Give each server records of its own, or set REDIS_URL for all.';

/** Joins engines, services and gateway as the configuration says. Nothing listens before `start`. */
export const compose = async (config: Config, outside: OutsideParts = {}): Promise<Proofdesk> => {
  const logger = createLogger({ level: config.logLevel });
  const engines = await openEngines(config, logger, {
    ...outside,
    databaseWaitMs: Number.POSITIVE_INFINITY,
  });
  let release = async (): Promise<void> => undefined;
  const close = () => release().finally(engines.close);
  try {
    const sharedPlace = config.redisUrl === undefined ? undefined : await engines.placeOfFiles();
    const lease = await takeServerLease({ store: engines.store, clock, sharedPlace });
    release = lease.release;
    void lease.lost.then(() => logger.fatal({}, takenOver));
    // Alone, nobody else puts files into the folder of these records now.
    await engines.files.removeLeftovers(config.redisUrl === undefined ? 0 : idleUploadMs);
    const ai = await createAi(config, engines.shared.cache, logger);
    const services = createServices(config, engines, ai.engine, logger);
    const documentation = await composeDocumentation({
      config,
      engines,
      logger,
      training: services.training.upkeep,
      onChange: services.knowledge.changed,
    });
    const parts = { config, logger, engines, ai, services, documentation };
    const demo = await furnish(parts);
    const server = createServer(parts, createGateway(parts));
    let stopping: Promise<void> | undefined;
    const stop = () => {
      stopping ??= server.stop().then(close);
      return stopping;
    };
    return { demo, logger, start: server.start, serve: server.serve, stop, lost: lease.lost };
  } catch (error) {
    await close();
    throw error;
  }
};
