import { AppError } from '../../errors/app-error.ts';
import { isoTime } from '../../ports/clock.ts';
import type { RecordStore, Transaction } from '../../ports/record-store.ts';
import type { Agent, SupportSession } from '../../ports/records.ts';
import { readSession, type TimedStore, withListFields } from './session-context.ts';
import { appendToLog, type NewLogEntry } from './session-log.ts';

/** How a session comes to its agent. */
export interface Assignment {
  sessionId: string;
  agentId: string;
  /** The user who did it, or `system`. */
  by: string;
  /** Whether the agent is looking at it already, so that it cannot fall back. */
  opened: boolean;
}

const changeOpen = (agent: Agent, channel: SupportSession['type'], by: 1 | -1): Agent => ({
  ...agent,
  open: { ...agent.open, [channel]: Math.max(0, agent.open[channel] + by) },
});

/** Refuses an agent who is away or full; these gates hold for every way to an agent. */
const ensureFree = (agent: Agent, channel: SupportSession['type']): void => {
  if (agent.status !== 'online') {
    throw new AppError(
      'agent_not_eligible',
      `${agent.name} is ${agent.status}: choose an agent who is online.`,
    );
  }
  if (agent.open[channel] >= agent.capacity[channel]) {
    throw new AppError('agent_at_capacity', `${agent.name} has no free place for ${channel} right now.`);
  }
};

/** Gives a waiting session to an agent: both records change together or not at all (rule RO7). */
export const assignSession = async (
  transaction: Transaction,
  session: SupportSession,
  assignment: Assignment,
  now: number,
): Promise<{ session: SupportSession; entry: NewLogEntry }> => {
  const agent = await transaction.get('agents', assignment.agentId);
  if (!agent) throw new AppError('not_found', 'There is no agent with this id.');
  ensureFree(agent, session.type);
  const at = isoTime(now);
  const assigned = withListFields({
    ...session,
    status: 'active',
    agentId: agent.id,
    assignedAt: at,
    ...(assignment.opened && { openedAt: at }),
  });
  transaction.put('agents', { ...changeOpen(agent, session.type, 1), idleSince: at });
  transaction.put('supportSessions', assigned);
  const data = { agentId: agent.id, agentName: agent.name };
  return {
    session: assigned,
    entry: { kind: 'assigned', authorId: assignment.by, visibility: 'public', data },
  };
};

/** Takes a session's place away from its agent; does nothing when nobody has it. */
export const releaseAgent = async (
  transaction: Transaction,
  session: SupportSession,
  now: number,
): Promise<Agent | undefined> => {
  if (session.agentId === undefined) return undefined;
  const agent = await transaction.get('agents', session.agentId);
  if (!agent) return undefined;
  const released = { ...changeOpen(agent, session.type, -1), idleSince: isoTime(now) };
  transaction.put('agents', released);
  return released;
};

/** The session as it waits again, in its old place of the queue; its last agent is asked after everybody else. */
export const backInQueue = (session: SupportSession): SupportSession => {
  const { agentId, assignedAt: _assigned, openedAt: _opened, ...rest } = session;
  const declinedBy = agentId === undefined ? rest.declinedBy : [...new Set([...rest.declinedBy, agentId])];
  return withListFields({ ...rest, status: 'queued', declinedBy });
};

/** Refuses a session that does not wait (any more). */
export const ensureQueued = ({ status, agentId }: SupportSession): void => {
  if (status === 'queued') return;
  const taker = agentId === undefined ? 'The assistant' : 'Somebody';
  throw new AppError(
    'session_not_queued',
    status === 'active' ? `${taker} has taken it: choose another one.` : 'The session has ended.',
  );
};

/**
 * Assigns a queued session to the agent who was ranked first; `match` tells staff why. AppError
 * `session_not_queued` when somebody was faster.
 */
export const assignQueued = (
  store: RecordStore,
  assignment: Assignment,
  match: Record<string, unknown>,
  now: number,
): Promise<SupportSession> =>
  store.transaction(async (transaction) => {
    const session = await readSession(transaction, assignment.sessionId);
    ensureQueued(session);
    const { session: assigned, entry } = await assignSession(transaction, session, assignment, now);
    const { agentId, by: authorId } = assignment;
    await appendToLog(transaction, session.id, now, [
      { kind: 'matched', authorId, visibility: 'staff', data: { agentId, ...match } },
      entry,
    ]);
    return assigned;
  });

/** An assignment that ends without the session having ended. */
export interface FallBack {
  sessionId: string;
  agentId: string;
  reason: 'not opened in time' | 'the agent has left';
  /** Whether something was heard of the agent lately. */
  heard?: boolean;
}

/** Whoever is there and lets one session go by twice is not looking, whatever the status says. */
const isNotLooking = ({ declinedBy }: SupportSession, agent: Agent, { reason, heard }: FallBack): boolean =>
  reason === 'not opened in time' &&
  heard === true &&
  agent.status === 'online' &&
  declinedBy.includes(agent.id);

/**
 * Takes a session from its agent and puts it back into the queue, and sets the agent away who let it go by before;
 * false when it is not (any more) that agent's, or was opened while it was about to fall back for not having been.
 */
export const fallBack = ({ store, clock }: TimedStore, given: FallBack): Promise<boolean> =>
  store.transaction(async (transaction) => {
    const { sessionId, agentId, reason } = given;
    const session = await readSession(transaction, sessionId);
    if (session.status !== 'active' || session.agentId !== agentId) return false;
    if (reason === 'not opened in time' && session.openedAt !== undefined) return false;
    const now = clock.now();
    const agent = await releaseAgent(transaction, session, now);
    const setAway = agent !== undefined && isNotLooking(session, agent, given);
    if (setAway) transaction.put('agents', { ...agent, status: 'away' });
    transaction.put('supportSessions', backInQueue(session));
    const data = { agentId, reason, ...(setAway && { setAway }) };
    await appendToLog(transaction, sessionId, now, [
      { kind: 'requeued', authorId: 'system', visibility: 'staff', data },
    ]);
    return true;
  });
