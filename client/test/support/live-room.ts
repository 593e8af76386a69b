import type { SessionLogEntry, SupportSession } from '../../../functions/src/ports/records.ts';
import { sampleSession } from '../../../functions/src/testing/support-session.ts';
import { openCrew, signingKey } from '../../../functions/test/support/crew.ts';
import type { RecordsPlace } from '../../../functions/test/support/records-place.ts';
import type { SessionClient } from '../../src/session-client.ts';
import type { Phase } from '../../src/session-events.ts';
import type { SessionView } from '../../src/session-state.ts';

/** Settings of a server with people of the test's own; limits are raised, never removed. */
export const liveRoomSettings = {
  DEMO: '0',
  AUTH_SIGNING_KEY: signingKey,
  SOCKET_MAX_PER_ADDRESS: '1000',
  SOCKET_OPERATION_RATE: '10000',
  SOCKET_OPERATION_BURST: '10000',
} as const;

/** A running server's sessions and people. */
export interface LiveRooms {
  /** Tokens of the customer and the agent of every session. */
  tokens: readonly { customer: string; agent: string }[];
  sessionIds: readonly string[];
  entries(sessionId: string): Promise<readonly SessionLogEntry[]>;
  close(): Promise<void>;
}

const openSession = (id: string, customerId: string, agentId: string): SupportSession => {
  const { duration: _, resolution: __, endedAt: ___, ...open } = sampleSession({ status: 'active' });
  return { ...open, id, customerId, agentId, epoch: `epoch-of-${id}` };
};

/** Plants so many open sessions, each with a customer and an agent of its own. */
export const openLiveRooms = async (
  server: { url: string; place: RecordsPlace },
  sessions: number,
): Promise<LiveRooms> => {
  const crew = await openCrew(server);
  const customers = await crew.customers(sessions);
  const agents = await crew.agents(sessions, { status: 'away' });
  const sessionIds = customers.map(({ uid }) => `session-of-${uid}`);
  await crew.store.write((writer) => {
    for (const [index, id] of sessionIds.entries())
      writer.create(
        'supportSessions',
        openSession(id, customers[index]?.uid ?? '', agents[index]?.uid ?? ''),
      );
  });
  return {
    sessionIds,
    tokens: customers.map(({ token }, index) => ({ customer: token, agent: agents[index]?.token ?? '' })),
    entries: async (sessionId) => {
      const where = [{ field: 'sessionId', operator: '==', value: sessionId }] as const;
      const order = { orderBy: 'seq', direction: 'ascending', limit: 100_000 } as const;
      return (await crew.store.list('sessionLog', { where, ...order })).items;
    },
    close: () => crew.close(),
  };
};

/** Settles when a view fits. */
export const until = (
  client: SessionClient,
  fits: (view: SessionView, phase: Phase) => boolean,
): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!fits(client.view, client.phase)) return;
      stop();
      resolve();
    };
    const stop = client.on('changed', look);
    queueMicrotask(look);
  });
