import { setTimeout as pause } from 'node:timers/promises';
import { createAnalytics } from '../analytics/analytics-service.ts';
import type { Config } from '../config.ts';
import { createAgentService } from '../support/agents/agent-service.ts';
import { createPeople, type People } from '../support/people.ts';
import { createOutcomeLearning } from '../support/routing/outcome-learning.ts';
import { replayDecisions } from '../support/routing/replay.ts';
import { replayReport } from '../support/routing/replay-report.ts';
import { createSessionEnder } from '../support/sessions/end-session.ts';
import { createLogger } from '../telemetry/logger.ts';
import { openEngines } from './engines.ts';
import { createLearning } from './learning.ts';
import type { OutsideParts } from './records-engine.ts';
import { clock } from './system-time.ts';
import { untilTokensEnd } from './tokens-end.ts';

/** What the command line works with, beside a running server or without one. */
export interface CommandLine {
  people: People;
  /** The report of stored decisions. */
  replay(): Promise<string>;
  close(): Promise<void>;
}

/** Opens the data for the command line. */
export const openCommandLine = async (config: Config, outside: OutsideParts = {}): Promise<CommandLine> => {
  const logger = createLogger({ level: 'silent' });
  const { store, files, shared, accounts, close } = await openEngines(config, logger, outside);
  // Nobody is given anything from here.
  const attendance = { absent: async () => new Set<string>() };
  const agents = createAgentService({ store, clock, attendance, onChange: () => undefined });
  const subscribers = [
    createOutcomeLearning({ ...createLearning(store, logger), clock }),
    createAnalytics({ store, cache: shared.cache, clock }).subscriber,
  ];
  // A running server looks at its queue every few seconds by itself.
  const queueMayMove = () => undefined;
  const updateSession = createSessionEnder({ store, cache: shared.cache, clock, subscribers, queueMayMove });
  return {
    people: createPeople({
      store,
      files,
      clock,
      accounts,
      agents,
      updateSession,
      untilTokensEnd: () => untilTokensEnd({ store, clock, pause }),
    }),
    replay: async () => replayReport(await replayDecisions(store)),
    close,
  };
};
