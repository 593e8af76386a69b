import type { Cache } from '../../ports/cache.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { Agent } from '../../ports/records.ts';
import type { SessionSubscriber } from '../../ports/session-events.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { ShopService } from '../shop/shop-service.ts';
import { createClaim } from './claim-session.ts';
import { createSessionEnder } from './end-session.ts';
import { createHandOver } from './hand-over.ts';
import { createSessionOpener, type OpenSessionOptions } from './open-session.ts';
import { createQueueWatch } from './queue-watch.ts';
import type { SessionContext } from './session-context.ts';
import { createSessionReader } from './session-reader.ts';

export interface SessionServiceOptions {
  store: RecordStore;
  cache: Cache;
  clock: Clock;
  logger: Pick<Logger, 'error'>;
  shop: ShopService;
  team(): Promise<Agent[]>;
  decide: OpenSessionOptions['decide'];
  subscribers: readonly SessionSubscriber[];
}

/** The life of support sessions, from opening over the queue to the rating. */
export const createSessionService = ({ shop, team, decide, logger, ...shared }: SessionServiceOptions) => {
  const context: SessionContext = { ...shared, queueMayMove: () => queue.wake() };
  const queue = createQueueWatch({ context, team, logger });
  return {
    open: createSessionOpener({ context, shop, decide }),
    reader: createSessionReader(context),
    update: createSessionEnder(context),
    claim: createClaim({ context, team }),
    handOver: createHandOver({ context, shop }),
    queue,
  };
};

export type SessionService = ReturnType<typeof createSessionService>;
