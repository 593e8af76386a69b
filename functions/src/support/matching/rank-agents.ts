import type { Agent } from '../../ports/records.ts';
import { type Acquaintance, type AgentScore, scoreAgent } from './agent-score.ts';
import { gatesOf, type Need, relaxationOf, type TeamMember } from './eligibility.ts';

export interface RankedAgent {
  agent: Agent;
  eligible: boolean;
  /** Why not, when not eligible; which relaxed gates were passed over, when eligible. */
  reasons: string[];
  score: AgentScore;
}

export interface Ranking {
  /** Eligible agents first, best first; then the others in the same order. */
  agents: RankedAgent[];
  /** Why language and skill gates were not applied, when they were not. */
  relaxed?: string;
}

export interface MatchNeed extends Need {
  neededSkills: readonly string[];
  waitedMs: number;
  /** Agents that let this session fall back: asked after everybody else. */
  declinedBy: readonly string[];
  acquaintance(agentId: string): Acquaintance;
}

const order =
  (declinedBy: ReadonlySet<string>) =>
  (a: RankedAgent, b: RankedAgent): number =>
    Number(b.eligible) - Number(a.eligible) ||
    Number(declinedBy.has(a.agent.id)) - Number(declinedBy.has(b.agent.id)) ||
    b.score.total - a.score.total ||
    (a.agent.idleSince < b.agent.idleSince ? -1 : Number(a.agent.idleSince > b.agent.idleSince)) ||
    (a.agent.id < b.agent.id ? -1 : 1);

/** Ranks a team for a session: gates first, then the score, ties to the longest idle (rules RO5 and RO6). */
export const rankAgents = (team: readonly TeamMember[], need: MatchNeed): Ranking => {
  const relaxed = relaxationOf(team, need, need.waitedMs);
  const skills = [...new Set([...need.requiredSkills, ...need.neededSkills])];
  const agents = team.map((agent) => {
    const gates = gatesOf(agent, need);
    const acquaintance = need.acquaintance(agent.id);
    return {
      agent,
      eligible: gates.hard.length === 0 && (relaxed !== undefined || gates.soft.length === 0),
      reasons: [...gates.hard, ...gates.soft],
      score: scoreAgent(agent, { skills, channel: need.channel, acquaintance }),
    };
  });
  agents.sort(order(new Set(need.declinedBy)));
  return relaxed === undefined ? { agents } : { agents, relaxed };
};
