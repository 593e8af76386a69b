import { createAnalytics } from '../analytics/analytics-service.ts';
import { createProofService } from '../collaboration/proofs/proof-service.ts';
import { createUploadNotes } from '../collaboration/proofs/upload-notes.ts';
import { createRooms } from '../collaboration/rooms/rooms-service.ts';
import type { Config } from '../config.ts';
import type { AiEngine } from '../ports/ai-engine.ts';
import { createAgentService } from '../support/agents/agent-service.ts';
import { createAttendance } from '../support/agents/attendance.ts';
import { createAssistant } from '../support/assistant/assistant-service.ts';
import { createArticleService } from '../support/knowledge/article-service.ts';
import { createKnowledgeIndex } from '../support/knowledge/knowledge-index.ts';
import { createSuggestionService } from '../support/knowledge/suggestion-service.ts';
import { createAgentMatcher } from '../support/matching/agent-matcher.ts';
import { createDecisionService } from '../support/routing/decision-service.ts';
import { createOutcomeLearning } from '../support/routing/outcome-learning.ts';
import { createSessionService } from '../support/sessions/session-service.ts';
import { createShopService } from '../support/shop/shop-service.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createTraining } from '../training/training-service.ts';
import type { Engines } from './engines.ts';
import { createLearning } from './learning.ts';
import { clock, timers } from './system-time.ts';

/** Longer than any request takes, and than the clocks of several servers are apart. */
const othersUploadMs = 86_400_000;

/** Everything that happens here, each feature once; what they need of each other is handed to them. */
export const createServices = (
  { proofs, abandonAfterMs, redisUrl }: Config,
  engines: Engines,
  ai: AiEngine,
  logger: Logger,
) => {
  const { store, shared, live, files } = engines;
  const { cache } = shared;
  const shop = createShopService({ store, cache });
  const learning = createLearning(store, logger);
  const decisionOptions = { store, engine: ai, ...learning, settings: shop.settings };
  const decisions = createDecisionService({ ...decisionOptions, clock });
  const analytics = createAnalytics({ store, cache, clock });
  const queueMayMove = () => sessions.queue.wake();
  const attendance = createAttendance({ signs: engines.signs, clock, onReturn: queueMayMove });
  const agents = createAgentService({ store, clock, attendance, onChange: queueMayMove });
  const sessions = createSessionService({
    store,
    cache,
    clock,
    logger,
    shop,
    team: agents.team,
    decide: decisions.decide,
    subscribers: [createOutcomeLearning({ ...learning, clock }), analytics.subscriber],
    live,
    signs: engines.signs,
    timers,
    abandonAfterMs,
  });
  const index = createKnowledgeIndex({ store, clock });
  const suggestions = createSuggestionService({ index, engine: ai, readSession: sessions.reader.get });
  const rooms = createRooms({
    store,
    log: store.log,
    clock,
    logger,
    limits: { proofs: proofs.perSession },
  });
  const cutAfterMs = redisUrl === undefined ? 0 : othersUploadMs;
  const uploadNotes = createUploadNotes({ store, files, clock, cutAfterMs });
  const assistant = createAssistant({
    store,
    writer: sessions.assistant,
    engine: ai,
    suggestions,
    settings: shop.settings,
    closedNotice: decisions.closedNotice,
    live,
    clock,
    timers,
    logger,
  });
  return {
    shop,
    decisionOptions,
    decisions,
    analytics,
    agents,
    attendance,
    sessions,
    matcher: createAgentMatcher({ store, shop, team: agents.team, consider: decisions.consider }),
    articles: createArticleService({ store, cache, clock, index }),
    training: createTraining({ store, clock }),
    suggestions,
    knowledge: index,
    rooms,
    uploadNotes,
    proofs: createProofService({
      store,
      files,
      rooms,
      notes: uploadNotes,
      maximumBytes: proofs.maximumBytes,
    }),
    assistant,
  };
};

export type Services = ReturnType<typeof createServices>;
