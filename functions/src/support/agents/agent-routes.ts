import { ensureOwnOrAdmin } from '../../access/ownership.ts';
import { operation } from '../../gateway/operation.ts';
import type { Agent, Skill } from '../../ports/records.ts';
import {
  type AgentView,
  agentMatchesSchema,
  agentPageSchema,
  agentParametersSchema,
  agentSchema,
  matchAgentsSchema,
  updateAgentSchema,
} from '../../protocol/agents.ts';
import { pageQuerySchema } from '../../protocol/common.ts';
import type { AgentMatcher } from '../matching/agent-matcher.ts';
import type { AgentService } from './agent-service.ts';
import { ensureKnownSkills } from './known-skills.ts';

const present = ({ ratingSum, ratingCount, ...agent }: Agent): AgentView => ({
  ...agent,
  satisfaction: { mean: ratingCount > 0 ? ratingSum / ratingCount : null, count: ratingCount },
});

export interface AgentRoutesOptions {
  agents: AgentService;
  matcher: AgentMatcher;
  skills(): Promise<Skill[]>;
}

/** The agents, and who fits an issue best. */
export const agentOperations = ({ agents, matcher, skills }: AgentRoutesOptions) => [
  operation({
    id: 'listAgents',
    method: 'get',
    path: '/api/v1/agents',
    tag: 'Agents',
    summary: 'List the agents by name',
    query: pageQuerySchema,
    replies: { 200: { description: 'A page of agents', schema: agentPageSchema } },
    errors: ['malformed_cursor'],
    handle: async ({ query }) => {
      const page = await agents.list(query);
      return { status: 200, body: { ...page, items: page.items.map(present) } };
    },
  }),
  operation({
    id: 'updateAgent',
    method: 'put',
    path: '/api/v1/agents/{id}',
    tag: 'Agents',
    summary: 'Set an agent’s status, skills, languages or capacity',
    description: 'Agents change their own record, administrators every one. What is left out stays as it is.',
    params: agentParametersSchema,
    body: updateAgentSchema,
    replies: { 200: { description: 'The agent after the change', schema: agentSchema } },
    errors: ['not_found'],
    handle: async ({ user, params, body }) => {
      ensureOwnOrAdmin(user, params.id);
      if (body.skills !== undefined) ensureKnownSkills(body.skills, await skills());
      return { status: 200, body: present(await agents.update(params.id, body)) };
    },
  }),
  operation({
    id: 'matchAgents',
    method: 'post',
    path: '/api/v1/support/match',
    tag: 'Support',
    summary: 'Rank the agents for an issue',
    description: 'Shows every term of each score, and why an agent is not eligible.',
    body: matchAgentsSchema,
    replies: { 200: { description: 'The agents, best first', schema: agentMatchesSchema } },
    handle: async ({ user, body }) => ({ status: 200, body: await matcher.match(user, body) }),
  }),
];
