import type { SupportSession } from '../../ports/records.ts';
import { fallBack } from '../sessions/assignment.ts';
import type { TimedStore } from '../sessions/session-context.ts';

const sessionsAtOnce = 50;

const activeSessionsOf = async ({ store }: TimedStore, agentId: string): Promise<SupportSession[]> => {
  const { items } = await store.list('supportSessions', {
    where: [
      { field: 'status', operator: '==', value: 'active' },
      { field: 'agentId', operator: '==', value: agentId },
    ],
    orderBy: 'startTime',
    direction: 'ascending',
    limit: sessionsAtOnce,
  });
  return items;
};

/** Nobody can be given a session while offline, so nothing new comes in while the sessions are handed back. */
const goOffline = ({ store }: TimedStore, agentId: string): Promise<boolean> =>
  store.transaction(async (transaction) => {
    const agent = await transaction.get('agents', agentId);
    if (agent) transaction.put('agents', { ...agent, status: 'offline' });
    return agent !== undefined;
  });

/**
 * Takes somebody off the team: their sessions return to the queue, and their record goes. Does nothing for
 * somebody who is not on it.
 */
export const retireAgent = async (context: TimedStore, agentId: string): Promise<void> => {
  if (!(await goOffline(context, agentId))) return;
  let sessions = await activeSessionsOf(context, agentId);
  while (sessions.length > 0) {
    for (const { id: sessionId } of sessions)
      await fallBack(context, { sessionId, agentId, reason: 'the agent has left' });
    sessions = await activeSessionsOf(context, agentId);
  }
  await context.store.write((writer) => writer.delete('agents', agentId));
};
