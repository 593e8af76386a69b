import type { Agent } from '../../ports/records.ts';
import type { Channel } from '../../protocol/enumerations.ts';

/** Terms of an agent's score, each 0..1, and their weighted sum. */
export interface AgentScore {
  skillMatch: number;
  loadBalance: number;
  satisfaction: number;
  preferred: number;
  total: number;
}

/** What a customer's past says of an agent; `unknown` when they never met or it was not rated. */
export type Acquaintance = 'asked-for' | 'content' | 'discontent' | 'unknown';

/** Weights of the score (rule RO5). */
export const scoreWeights = { skillMatch: 0.4, loadBalance: 0.3, satisfaction: 0.2, preferred: 0.1 } as const;

const neutral = 0.5;
const highestLevel = 5;

/** Ratings that the prior counts for: a new agent moves away from neutral as real ratings outnumber them. */
const priorRatings = 5;
const priorMean = neutral;

const preferredTerm: Record<Acquaintance, number> = {
  'asked-for': 1,
  content: 1,
  discontent: 0,
  unknown: neutral,
};

const skillMatch = (agent: Agent, needed: readonly string[]): number => {
  if (needed.length === 0) return neutral;
  const levels = new Map(agent.skills.map(({ name, level }) => [name, level]));
  const covered = needed.reduce((sum, name) => sum + (levels.get(name) ?? 0) / highestLevel, 0);
  return covered / needed.length;
};

const loadBalance = (agent: Agent, channel: Channel): number => {
  const capacity = agent.capacity[channel];
  return capacity > 0 ? Math.max(0, 1 - agent.open[channel] / capacity) : 0;
};

/** Bayesian mean: (prior mean · prior count + sum) / (prior count + count), with 1..5 stars mapped to 0..1. */
const satisfaction = ({ ratingSum, ratingCount }: Agent): number => {
  const sum = (ratingSum - ratingCount) / 4;
  return (priorMean * priorRatings + sum) / (priorRatings + ratingCount);
};

/** Score of an agent for a session that needs these skills on this channel (rule RO5). */
export const scoreAgent = (
  agent: Agent,
  need: { skills: readonly string[]; channel: Channel; acquaintance: Acquaintance },
): AgentScore => {
  const terms = {
    skillMatch: skillMatch(agent, need.skills),
    loadBalance: loadBalance(agent, need.channel),
    satisfaction: satisfaction(agent),
    preferred: preferredTerm[need.acquaintance],
  };
  const total =
    scoreWeights.skillMatch * terms.skillMatch +
    scoreWeights.loadBalance * terms.loadBalance +
    scoreWeights.satisfaction * terms.satisfaction +
    scoreWeights.preferred * terms.preferred;
  return { ...terms, total };
};
