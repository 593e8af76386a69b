import type { Cache } from '../../ports/cache.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LiveEvents } from '../../ports/live-events.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { SessionSubscriber } from '../../ports/session-events.ts';
import type { SignsOfLife } from '../../ports/signs-of-life.ts';
import type { Timers } from '../../ports/timers.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { TeamMember } from '../matching/eligibility.ts';
import type { ShopService } from '../shop/shop-service.ts';
import { createAssistantWriter } from './assistant-writer.ts';
import { createClaim } from './claim-session.ts';
import { createSessionEnder } from './end-session.ts';
import { createHandOver } from './hand-over.ts';
import { createSessionOpener, type OpenSessionOptions } from './open-session.ts';
import { createQueueNews } from './queue-news.ts';
import { createQueueWatch, type QueueWatch } from './queue-watch.ts';
import type { SessionContext } from './session-context.ts';
import { withSessionNews } from './session-news.ts';
import { createSessionReader } from './session-reader.ts';
import { createSilenceWatch } from './silence-watch.ts';

export interface SessionServiceOptions {
  store: RecordStore;
  cache: Cache;
  clock: Clock;
  logger: Pick<Logger, 'error' | 'warn'>;
  shop: ShopService;
  team(): Promise<TeamMember[]>;
  decide: OpenSessionOptions['decide'];
  subscribers: readonly SessionSubscriber[];
  live: LiveEvents;
  signs: SignsOfLife;
  timers: Timers;
  /** Silence of a customer after which a warning is given, and after the warning the session ends. */
  abandonAfterMs: number;
}

/** The life of support sessions, from opening over the queue to the rating. */
export const createSessionService = (options: SessionServiceOptions) => {
  const { shop, team, decide, logger, live, signs, timers, abandonAfterMs, ...shared } = options;
  const context: SessionContext = {
    ...shared,
    store: withSessionNews(shared.store, live),
    queueMayMove: () => queue.wake(),
  };
  const queue: QueueWatch = createQueueWatch({
    context,
    signs,
    team,
    logger,
    onLook: (waiting) => tellQueue(waiting),
  });
  const tellQueue = createQueueNews(live, queue);
  return {
    open: createSessionOpener({ context, shop, decide }),
    reader: createSessionReader(context),
    update: createSessionEnder(context),
    claim: createClaim({ context, team }),
    handOver: createHandOver({ context, shop, team }),
    assistant: createAssistantWriter({ context, live }),
    silence: createSilenceWatch({ context, live, signs, timers, logger, abandonAfterMs }),
    queue,
  };
};

export type SessionService = ReturnType<typeof createSessionService>;
