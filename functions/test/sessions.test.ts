import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Session,
  sessionPageSchema,
  sessionSchema,
  transcriptSchema,
} from '../src/protocol/sessions.ts';
import { routeReplySchema } from '../src/protocol/support.ts';
import { type Crew, type CrewMember, openCrew, signingKey } from './support/crew.ts';
import { type Api, bodyOf, startTestServer, type TestServer } from './support/server.ts';

const issue = 'Need help with bleed settings';

let server: TestServer;
let crew: Crew;
let admin: Api;
let customers: CrewMember[];
let agents: CrewMember[];

beforeAll(async () => {
  server = await startTestServer({ DEMO: '0', AUTH_SIGNING_KEY: signingKey });
  crew = await openCrew(server);
  ({ api: admin } = await crew.admin());
  customers = await crew.customers(2);
  agents = await crew.agents(2, { status: 'away' });
});

afterAll(async () => {
  await crew?.close();
  await server?.close();
});

const member = (members: readonly CrewMember[], index: number): CrewMember => {
  const found = members[index];
  if (found === undefined) throw new Error(`there is no member ${index}`);
  return found;
};

const read = async (api: Api, id: string): Promise<Session> =>
  bodyOf(await api('GET', `/api/v1/sessions/${id}`), sessionSchema);

const open = async (api: Api, request: Record<string, unknown> = {}): Promise<Session> => {
  const reply = await api('POST', '/api/v1/sessions', { issue, type: 'live-chat', ...request });
  expect(reply.status).toBe(201);
  const session = bodyOf(reply, sessionSchema);
  expect(reply.headers.get('location')).toBe(`/api/v1/sessions/${session.id}`);
  return session;
};

const setStatus = async ({ uid, api }: CrewMember, status: 'online' | 'away'): Promise<void> =>
  expect((await api('PUT', `/api/v1/agents/${uid}`, { status })).status).toBe(200);

const kindsFor = async (api: Api, id: string): Promise<string[]> =>
  bodyOf(await api('GET', `/api/v1/sessions/${id}/transcript`), transcriptSchema).items.map(
    ({ kind }) => kind,
  );

describe('the life of a session', () => {
  it('[RE5] from the recommendation over queue, hand-over and escalation to the rating and the follow-up', async () => {
    const customer = member(customers, 0);
    const [first, second] = [member(agents, 0), member(agents, 1)];
    const routed = await customer.api('POST', '/api/v1/support/route', { issue });
    const { decisionId } = bodyOf(routed, routeReplySchema);
    const { id } = await open(customer.api, { decisionId, orderRef: 'PO-1' });
    await expect.poll(async () => (await read(customer.api, id)).queue?.position).toBe(1);

    await setStatus(first, 'online');
    await expect.poll(async () => (await read(customer.api, id)).agentId).toBe(first.uid);
    expect((await read(first.api, id)).openedAt).toBeDefined();

    await setStatus(second, 'online');
    const target = { agentId: second.uid, note: 'knows about bleed' };
    const transferred = await first.api('POST', `/api/v1/sessions/${id}/transfer`, target);
    expect(bodyOf(transferred, sessionSchema)).toMatchObject({ agentId: second.uid, handovers: 1 });
    expect((await first.api('GET', `/api/v1/sessions/${id}`)).status).toBe(403);

    await setStatus(first, 'away');
    const note = { note: 'must see the file' };
    const escalated = await second.api('POST', `/api/v1/sessions/${id}/escalate`, note);
    expect(bodyOf(escalated, sessionSchema)).toMatchObject({ type: 'co-browse', handovers: 2 });
    await expect.poll(async () => (await read(admin, id)).agentId).toBe(second.uid);

    const end = { status: 'completed', resolution: 'resolved', tags: ['bleed'] };
    expect((await second.api('PATCH', `/api/v1/sessions/${id}`, end)).status).toBe(200);
    const rating = { satisfaction: 5 };
    expect((await customer.api('PATCH', `/api/v1/sessions/${id}`, rating)).status).toBe(200);
    const again = await customer.api('PATCH', `/api/v1/sessions/${id}`, rating);
    expect([again.status, again.body]).toMatchObject([409, { code: 'already_rated' }]);
    expect(await read(customer.api, id)).toMatchObject({
      status: 'completed',
      resolution: 'resolved',
      satisfaction: 5,
      tags: ['bleed'],
      handovers: 2,
    });

    expect(await kindsFor(customer.api, id)).toEqual([
      'message',
      'assigned',
      'assigned',
      'assigned',
      'ended',
      'rated',
    ]);
    expect(await kindsFor(admin, id)).toEqual(
      expect.arrayContaining(['queued', 'matched', 'transferred', 'escalated']),
    );
    await setStatus(second, 'away');
    const followUp = await open(customer.api, { previousSessionId: id });
    expect(followUp.previousSessionId).toBe(id);
  });

  it('[RE5] what a completed session no longer allows answers 409, and names it', async () => {
    const { api } = member(customers, 1);
    const { id } = await open(api);
    expect((await api('PATCH', `/api/v1/sessions/${id}`, { status: 'completed' })).body).toMatchObject({
      resolution: 'abandoned',
    });
    const claimed = await member(agents, 0).api('POST', `/api/v1/sessions/${id}/claim`);
    expect([claimed.status, claimed.body]).toMatchObject([409, { code: 'session_not_queued' }]);
    for (const [path, body] of [
      ['transfer', { channel: 'co-browse' }],
      ['escalate', {}],
    ] as const) {
      const reply = await admin('POST', `/api/v1/sessions/${id}/${path}`, body);
      expect([reply.status, reply.body]).toMatchObject([409, { code: 'session_closed' }]);
    }
  });

  it('[HT3] a session of somebody else is 404 for a customer and 403 for an agent', async () => {
    const { id } = await open(member(customers, 0).api, { type: 'ai-chatbot' });
    for (const path of [id, `${id}/transcript`]) {
      expect((await member(customers, 1).api('GET', `/api/v1/sessions/${path}`)).status).toBe(404);
      expect((await member(agents, 0).api('GET', `/api/v1/sessions/${path}`)).status).toBe(403);
    }
  });

  it('[RE3] pages of a list hold each session once, newest first', async () => {
    const { api } = member(customers, 1);
    const opened: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      opened.push((await open(api, { issue: `Poster number ${index}`, type: 'ai-chatbot' })).id);
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await api('GET', `/api/v1/sessions?limit=2&q=poster&status=active${cursor}`);
      const { items, nextCursor } = bodyOf(page, sessionPageSchema);
      seen.push(...items.map(({ id }) => id));
      cursor = nextCursor === undefined ? '' : `&cursor=${encodeURIComponent(nextCursor)}`;
    } while (cursor !== '');
    expect(seen).toEqual(opened.reverse());
  });

  it('[RO10] an agent’s skills are of the table, each once, so that none has a slip in its name', async () => {
    const { uid, api } = member(agents, 0);
    const set = (...names: string[]) =>
      api('PUT', `/api/v1/agents/${uid}`, { skills: names.map((name) => ({ name, level: 3 })) });
    const unknown = await set('file-preparation', 'juggling');
    expect(unknown.status).toBe(422);
    expect(unknown.body).toMatchObject({
      errors: [{ path: 'skills.1.name', message: '"juggling" is not in the table of skills' }],
    });
    expect((await set('file-preparation', 'file-preparation')).status).toBe(422);
    expect((await set('file-preparation', 'artwork-changes')).status).toBe(200);
  });

  it('[RO7] the place in the queue is told, and how long it may take once somebody is there', async () => {
    const [customer, agent] = [member(customers, 0), member(agents, 0)];
    const waiting = [
      await open(customer.api, { type: 'video-call' }),
      await open(customer.api, { type: 'video-call' }),
    ];
    await setStatus(agent, 'online');
    await expect
      .poll(async () =>
        (await Promise.all(waiting.map(({ id }) => read(customer.api, id)))).map(({ status }) => status),
      )
      .toEqual(['active', 'queued']);
    await expect
      .poll(async () => (await read(customer.api, waiting[1]?.id ?? '')).queue)
      .toEqual({ position: 1, estimatedWaitSeconds: 600 });
    await setStatus(agent, 'away');
  });
});
