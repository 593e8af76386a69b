import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissions } from '../src/access/permissions.ts';
import { sessionAnalyticsSchema } from '../src/protocol/analytics.ts';
import { sessionPageSchema } from '../src/protocol/sessions.ts';
import { type AccessRow, accessRows } from './support/access-rows.ts';
import { type Caller, callers, type Desk, openDesk } from './support/desk.ts';
import { type ApiReply, bodyOf } from './support/server.ts';
import { bareSubject, newSubject, type Subject, validRequests } from './support/valid-requests.ts';

const nameOf = ({ operation, about }: AccessRow): string =>
  about === '' ? operation : `${operation}, ${about}`;

const printed = (results: ReadonlyMap<AccessRow, Record<string, number>>): string => {
  const heads = ['', 'nobody', 'owner', 'customer', 'its agent', 'agent', 'admin'];
  const lines = accessRows.map((row) => [
    nameOf(row),
    ...callers.map((caller) => String(results.get(row)?.[caller] ?? '-')),
  ]);
  return [heads, ...lines]
    .map(([name = '', ...cells]) => `${name.padEnd(40)}${cells.map((cell) => cell.padStart(10)).join('')}`)
    .join('\n');
};

describe('access', () => {
  let desk: Desk;
  let planted = 0;
  const results = new Map<AccessRow, Record<string, number>>();
  beforeAll(async () => {
    // Its own accounts, since the operations on them are in the table.
    desk = await openDesk({ AUTH_MODE: 'local', SIGNUP: 'open' });
    await desk.setPlaces(0);
  });
  afterAll(async () => {
    console.log(printed(results));
    await desk.close();
  });

  /** A fresh session whose words nobody knows who may not see it. */
  const plant = async (row: Pick<AccessRow, 'operation' | 'status'>) => {
    planted += 1;
    const secret = `confidential-${planted}`;
    const change = { issue: `The bleed of ${secret} is wrong` };
    return { secret, subject: await newSubject(desk, row.operation, { status: row.status, change }) };
  };

  const requestOf = (row: AccessRow, subject: Subject) =>
    (row.request ?? validRequests[row.operation])(subject);

  const tryOnce = async (row: AccessRow, caller: Caller): Promise<ApiReply> => {
    const { subject, secret } = await plant(row);
    const call = await requestOf(row, subject);
    const claims = row.operation === 'claimSession' && row.expected[caller] === 200;
    if (claims) await desk.setPlaces(1);
    const before = await desk.stateOfRecords();
    const reply = await desk.contract.call(desk.apiAs(caller), row.operation, call);
    if (reply.status >= 400)
      expect(await desk.stateOfRecords(), `${caller} was refused and changed something`).toBe(before);
    const outsider = caller === 'anonymous' || caller === 'customer2' || reply.status >= 400;
    if (outsider) expect(JSON.stringify(reply.body)).not.toContain(secret);
    await desk.removeSession(subject.sessionId);
    if (claims) await desk.setPlaces(0);
    if (row.operation === 'revokeTokens') await desk.signInAgain(caller);
    return reply;
  };

  /** While an agent has a free place the queue may hand the session out before it is claimed: another one then. */
  const ask = async (row: AccessRow, caller: Caller): Promise<ApiReply> => {
    const reply = await tryOnce(row, caller);
    const tooLate = row.operation === 'claimSession' && row.expected[caller] === 200 && reply.status === 409;
    return tooLate ? tryOnce(row, caller) : reply;
  };

  it('[HT3] the table has rows for every operation of the product', () => {
    const rows = new Set<string>(accessRows.map(({ operation }) => operation));
    expect([...rows].sort()).toEqual(Object.keys(permissions).sort());
    const served = [...desk.contract.operations.values()].filter(({ path }) => path.startsWith('/api/'));
    expect(served.map(({ id }) => id).sort()).toEqual(Object.keys(permissions).sort());
  });

  it.each(accessRows.map((row) => [nameOf(row), row] as const))('[HT3] %s', async (_name, row) => {
    const statuses: Record<string, number> = {};
    results.set(row, statuses);
    for (const caller of callers) statuses[caller] = (await ask(row, caller)).status;
    expect(statuses).toEqual(row.expected);
  });

  it.each([
    ['queued', ['customer', 'agent', 'agent2', 'admin']],
    ['active', ['customer', 'agent', 'admin']],
    ['completed', ['customer', 'agent', 'admin']],
  ] as const)('[HT3] lists show a session that is %s to those who may see it', async (status, expected) => {
    const { id, issue } = await desk.plantSession(status, { startTime: new Date().toISOString() });
    const seeing: Caller[] = [];
    for (const caller of callers.filter((candidate) => candidate !== 'anonymous')) {
      const queries = [
        {},
        { customer: 'customer' },
        { agent: 'agent' },
        { status },
        { q: issue.slice(0, 40) },
      ];
      const lists = await Promise.all(
        queries.map((query) => desk.contract.call(desk.apiAs(caller), 'listSessions', { query })),
      );
      const ids = lists.flatMap((list) => bodyOf(list, sessionPageSchema).items.map((item) => item.id));
      if (ids.includes(id)) seeing.push(caller);
    }
    await desk.removeSession(id);
    expect(seeing).toEqual(expected);
  });

  it.each(['getSession', 'getTranscript', 'updateSession', 'suggestAnswers'] as const)(
    '[HT3] %s tells a customer the same of a record of others as of one that nobody has',
    async (operation) => {
      const { id } = await desk.plantSession('active');
      const answers = [id, 'nobody-has-this-one'].map(async (sessionId) => {
        const call = await validRequests[operation](bareSubject(desk, sessionId));
        const { status, body } = await desk.contract.call(desk.apiAs('customer2'), operation, call);
        return { status, body: { ...(body as object), requestId: '' } };
      });
      const [others, nobodys] = await Promise.all(answers);
      expect(others).toEqual(nobodys);
      expect(others?.status).toBe(404);
      await desk.removeSession(id);
    },
  );

  it('[HT3] an agent reads earlier sessions of a customer while serving that customer, and changes none', async () => {
    const earlier = await desk.plantSession('completed', { customerId: 'past-customer-1' });
    const current = await desk.plantSession('active', { customerId: 'past-customer-1', agentId: 'agent2' });
    const statuses = async () => {
      const read = await desk.contract.call(desk.apiAs('agent2'), 'getSession', {
        params: { id: earlier.id },
      });
      const change = { params: { id: earlier.id }, body: { tags: ['mine'] } };
      const changed = await desk.contract.call(desk.apiAs('agent2'), 'updateSession', change);
      return [read.status, changed.status];
    };
    expect(await statuses()).toEqual([200, 403]);
    await desk.contract.call(desk.apiAs('agent2'), 'updateSession', {
      params: { id: current.id },
      body: { status: 'completed' },
    });
    expect(await statuses()).toEqual([403, 403]);
  });

  it('[HT3] agents see figures of their own sessions, administrators those of all', async () => {
    const ask = (caller: Caller, query: Record<string, string>) =>
      desk.contract.call(desk.apiAs(caller), 'getSessionAnalytics', { query });
    const own = bodyOf(await ask('agent2', {}), sessionAnalyticsSchema);
    expect(own.agent).toBe('agent2');
    expect(own.breakdowns.agent?.map(({ key }) => key)).toEqual(['agent2']);
    expect((await ask('agent2', { agent: 'agent' })).status).toBe(403);
    expect(bodyOf(await ask('admin', { agent: 'agent' }), sessionAnalyticsSchema).agent).toBe('agent');
  });
});
