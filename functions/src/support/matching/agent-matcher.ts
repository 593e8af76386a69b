import type { Identity } from '../../ports/identity.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { RoutingDecision } from '../../ports/records.ts';
import type { AgentMatches, MatchAgents } from '../../protocol/agents.ts';
import type { Urgency } from '../../protocol/enumerations.ts';
import type { ShopService } from '../shop/shop-service.ts';
import { acquaintancesOf } from './acquaintance.ts';
import type { TeamMember } from './eligibility.ts';
import { neededSkills } from './needed-skills.ts';
import { type RankedAgent, rankAgents } from './rank-agents.ts';

/** Answers which agents fit an issue. */
export interface AgentMatcher {
  match(user: Identity, request: MatchAgents): Promise<AgentMatches>;
}

export interface AgentMatcherOptions {
  store: RecordStore;
  shop: ShopService;
  team(): Promise<TeamMember[]>;
  /** What would be recommended; nothing is stored. */
  consider(request: {
    userId: string;
    issue: string;
    urgency?: Urgency | undefined;
  }): Promise<RoutingDecision>;
}

const present = ({ agent, eligible, reasons, score }: RankedAgent): AgentMatches['agents'][number] => ({
  agentId: agent.id,
  name: agent.name,
  eligible,
  reasons,
  score,
});

export const createAgentMatcher = ({ store, shop, team, consider }: AgentMatcherOptions): AgentMatcher => ({
  match: async (user, { issue, channel: wanted, urgency, customerId }) => {
    const { analysis, recommendedRoute } = await consider({ userId: customerId ?? user.uid, issue, urgency });
    const channel = wanted ?? recommendedRoute;
    const needs = neededSkills(issue, analysis.category, await shop.skills());
    const ranking = rankAgents(await team(), {
      channel,
      language: analysis.language,
      requiredSkills: needs.filter(({ required }) => required).map(({ skill }) => skill),
      neededSkills: needs.map(({ skill }) => skill),
      waitedMs: 0,
      declinedBy: [],
      acquaintance: customerId ? await acquaintancesOf(store, customerId, undefined) : () => 'unknown',
    });
    const { relaxed } = ranking;
    return { channel, needs, ...(relaxed && { relaxed }), agents: ranking.agents.map(present) };
  },
});
