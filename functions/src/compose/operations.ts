import { analyticsOperations } from '../analytics/analytics-routes.ts';
import { proofOperations } from '../collaboration/proofs/proof-routes.ts';
import { annotationOperations } from '../collaboration/rooms/annotation-routes.ts';
import { documentationOperations } from '../documentation/documentation-routes.ts';
import { accountOperations, identityOperations } from '../gateway/account-routes.ts';
import type { Authentication } from '../gateway/authentication.ts';
import { agentOperations } from '../support/agents/agent-routes.ts';
import { articleOperations } from '../support/knowledge/article-routes.ts';
import { suggestionOperations } from '../support/knowledge/suggestion-routes.ts';
import { routingOperations } from '../support/routing/routing-routes.ts';
import { sessionOperations } from '../support/sessions/session-routes.ts';
import { shopOperations } from '../support/shop/shop-routes.ts';
import { progressOperations } from '../training/progress-routes.ts';
import { moduleOperations } from '../training/training-routes.ts';
import { auditOperations } from '../upkeep/audit-routes.ts';
import type { Parts } from './parts.ts';
import { timers } from './system-time.ts';

export interface OperationsOptions extends Parts {
  authentication: Authentication;
}

/** Every operation of the API, in the order of its document. */
export const createOperations = (options: OperationsOptions) => {
  const { config, engines, ai, services, authentication } = options;
  const { store, localAccounts: accounts, shared } = engines;
  const { signInMax, signup } = config;
  return [
    ...identityOperations(),
    ...accountOperations({ accounts, authentication, rateLimits: shared.rateLimits, signInMax, signup }),
    ...routingOperations({ decisions: services.decisions, engine: ai.engine }),
    ...agentOperations({ ...services, skills: services.shop.skills }),
    ...sessionOperations(services.sessions),
    ...suggestionOperations(services.suggestions),
    ...articleOperations(services.articles),
    ...annotationOperations({
      rooms: services.rooms,
      store,
      ensureMayRead: async (user, id) => {
        await services.sessions.reader.read(user, id);
      },
    }),
    ...proofOperations(services.proofs),
    ...shopOperations(services.shop),
    ...auditOperations(store),
    ...analyticsOperations(services.analytics),
    ...documentationOperations({ ...options.documentation, timers }),
    ...moduleOperations(services.training),
    ...progressOperations({ ...services.training, records: store }),
  ];
};
