import { AppError } from '../../errors/app-error.ts';
import { isoTime } from '../../ports/clock.ts';
import type { Agent, SupportSession } from '../../ports/records.ts';
import { acquaintancesOf } from '../matching/acquaintance.ts';
import { gatesOf } from '../matching/eligibility.ts';
import { type RankedAgent, type Ranking, rankAgents } from '../matching/rank-agents.ts';
import { assignQueued } from './assignment.ts';
import { orderQueue } from './queue-order.ts';
import type { TimedStore } from './session-context.ts';
import { sessionsWithStatus } from './sessions-with-status.ts';

type Placing = 'placed' | 'nobody' | 'taken-meanwhile';

const takenMeanwhile = (error: unknown): boolean =>
  error instanceof AppError &&
  ['session_not_queued', 'agent_at_capacity', 'agent_not_eligible', 'not_found', 'conflict'].includes(
    error.code,
  );

const needOf = ({ type, language, requiredSkills }: SupportSession) => ({
  channel: type,
  language,
  requiredSkills,
});

/** What staff read of a match: every term of the score, and which gates were passed over and why. */
const explain = ({ agent, score, reasons }: RankedAgent, relaxed: string | undefined) => ({
  score,
  ...(relaxed !== undefined &&
    reasons.length > 0 && { note: `${agent.name} ${reasons.join(' and ')}, but ${relaxed}` }),
});

const rank = async (
  { store, clock }: TimedStore,
  session: SupportSession,
  agents: readonly Agent[],
): Promise<Ranking> =>
  rankAgents(agents, {
    ...needOf(session),
    neededSkills: session.neededSkills,
    waitedMs: clock.now() - Date.parse(session.queuedAt),
    declinedBy: session.declinedBy,
    acquaintance: await acquaintancesOf(store, session.customerId, session.preferredAgentId),
  });

/** Assigns one session if anybody may take it; the team is updated in place. */
const place = async (context: TimedStore, session: SupportSession, agents: Agent[]): Promise<Placing> => {
  const need = needOf(session);
  if (!agents.some((agent) => gatesOf(agent, need).hard.length === 0)) return 'nobody';
  const ranking = await rank(context, session, agents);
  const best = ranking.agents[0];
  if (!best?.eligible) return 'nobody';
  const { agent } = best;
  try {
    const assignment = { sessionId: session.id, agentId: agent.id, by: 'system', opened: false };
    await assignQueued(context, assignment, explain(best, ranking.relaxed));
  } catch (error) {
    if (takenMeanwhile(error)) return 'taken-meanwhile';
    throw error;
  }
  agent.open[session.type] += 1;
  agent.idleSince = isoTime(context.clock.now());
  return 'placed';
};

export interface MatchResult {
  /** Who waits on, in the order of the queue. */
  waiting: SupportSession[];
  /** Somebody else changed a session or an agent meanwhile, so that another look is due. */
  outdated: boolean;
}

/** Goes through the queue in its order and gives each session to the best agent who may take it (rule RO7). */
export const matchWaiting = async (context: TimedStore, agents: Agent[]): Promise<MatchResult> => {
  const result: MatchResult = { waiting: [], outdated: false };
  const queue = orderQueue(await sessionsWithStatus(context.store, 'queued'), context.clock.now());
  for (const session of queue) {
    const placing = await place(context, session, agents);
    if (placing !== 'placed') result.waiting.push(session);
    if (placing === 'taken-meanwhile') result.outdated = true;
  }
  return result;
};
