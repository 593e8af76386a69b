import { AppError } from '../../errors/app-error.ts';
import { isoTime } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { SupportSession } from '../../ports/records.ts';
import { acquaintancesOf } from '../matching/acquaintance.ts';
import { isFree, type TeamMember } from '../matching/eligibility.ts';
import { type RankedAgent, type Ranking, rankAgents } from '../matching/rank-agents.ts';
import { assignQueued } from './assignment.ts';
import { orderQueue } from './queue-order.ts';
import type { TimedStore } from './session-context.ts';
import { sessionsWithStatus } from './sessions-with-status.ts';

/** One look at the queue; everything it decides is of one time, so that the order in which it did is kept. */
interface Look {
  store: RecordStore;
  now: number;
}

/** Who is to get a session, and why. */
interface Choice {
  agentId: string;
  match: Record<string, unknown>;
}

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
  { store, now }: Look,
  session: SupportSession,
  agents: readonly TeamMember[],
): Promise<Ranking> =>
  rankAgents(agents, {
    ...needOf(session),
    neededSkills: session.neededSkills,
    waitedMs: now - Date.parse(session.queuedAt),
    declinedBy: session.declinedBy,
    acquaintance: await acquaintancesOf(store, session.customerId, session.preferredAgentId),
  });

/** The best agent who may take a session; the place is counted as taken from now on. */
const choose = async (
  look: Look,
  session: SupportSession,
  agents: readonly TeamMember[],
): Promise<Choice | undefined> => {
  const need = needOf(session);
  if (!agents.some((agent) => isFree(agent, need))) return undefined;
  const { agents: ranked, relaxed } = await rank(look, session, agents);
  const best = ranked[0];
  if (!best?.eligible) return undefined;
  const { agent } = best;
  const match = explain(best, relaxed);
  agent.open[session.type] += 1;
  agent.idleSince = isoTime(look.now);
  return { agentId: agent.id, match };
};

/** False when somebody else changed the session or the agent meanwhile. */
const assign = async (
  { store, now }: Look,
  { id: sessionId }: SupportSession,
  { agentId, match }: Choice,
): Promise<boolean> => {
  try {
    await assignQueued(store, { sessionId, agentId, by: 'system', opened: false }, match, now);
    return true;
  } catch (error) {
    if (takenMeanwhile(error)) return false;
    throw error;
  }
};

export interface MatchResult {
  /** Who waits on, in the order of the queue. */
  waiting: SupportSession[];
  /** Somebody else changed a session or an agent meanwhile, so that another look is due. */
  outdated: boolean;
}

/**
 * Goes through the queue in its order and gives each session to the best agent who may take it (rule RO7). Who
 * gets what is decided one after the other; the assignments are then committed together.
 */
export const matchWaiting = async (
  { store, clock }: TimedStore,
  agents: readonly TeamMember[],
): Promise<MatchResult> => {
  const waiting: SupportSession[] = [];
  const assignments: Promise<boolean>[] = [];
  const queued: SupportSession[] = [];
  for await (const session of sessionsWithStatus(store, 'queued')) queued.push(session);
  const look = { store, now: clock.now() };
  for (const session of orderQueue(queued, look.now)) {
    const choice = await choose(look, session, agents);
    if (choice) assignments.push(assign(look, session, choice));
    else waiting.push(session);
  }
  const settled = await Promise.allSettled(assignments);
  const failed = settled.find((assignment) => assignment.status === 'rejected');
  if (failed) throw failed.reason;
  return { waiting, outdated: settled.some((assignment) => !('value' in assignment && assignment.value)) };
};
