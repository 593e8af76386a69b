import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openCommandLine } from '../src/compose/command-line.ts';
import { parseConfig } from '../src/config.ts';
import { sessionSchema } from '../src/protocol/sessions.ts';
import { shopSettingsSchema } from '../src/protocol/settings.ts';
import { readContract } from './support/contract.ts';
import { type Desk, openDesk } from './support/desk.ts';
import { sendBytes } from './support/fuzz/send.ts';
import { outsideParts } from './support/records-place.ts';
import {
  type Api,
  apiOf,
  bodyOf,
  signIn,
  startTestServer,
  type TestServer,
  tokenOf,
} from './support/server.ts';

const me = '/api/v1/me';
const sessions = '/api/v1/sessions';
/** Signing in and out is among what is tested. */
const localAccounts = { AUTH_MODE: 'local' };

describe('one server', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(localAccounts);
    await desk.setPlaces(0);
  });
  afterAll(() => desk.close());
  afterEach(() => vi.restoreAllMocks());

  it('[HT6] a reader who has a session is told 304, until somebody changes it', async () => {
    const { id } = await desk.plantSession('active');
    const read = (tag?: string) =>
      desk.apiAs('customer')('GET', `${sessions}/${id}`, undefined, tag ? { 'if-none-match': tag } : {});
    const first = await read();
    const tag = first.headers.get('etag') ?? '';
    expect(await read(tag)).toMatchObject({ status: 304, body: '' });
    await desk.apiAs('agent')('PATCH', `${sessions}/${id}`, { tags: ['white-ink'] });
    const changed = await read(tag);
    expect(changed).toMatchObject({ status: 200, body: { tags: ['white-ink'] } });
    expect(changed.headers.get('etag')).not.toBe(tag);
    expect(changed.headers.get('cache-control')).toContain('private');
  });

  it('[HT6] who handles a session is read from the records: a transfer holds at once, for both agents', async () => {
    const { id } = await desk.plantSession('active');
    const statuses = async () => {
      const read = (api: Api) => api('GET', `${sessions}/${id}`);
      const tagged = await desk.apiAs('agent')('PATCH', `${sessions}/${id}`, { tags: ['mine'] });
      const both = await Promise.all([read(desk.apiAs('agent')), read(desk.apiAs('agent2'))]);
      return [...both.map(({ status }) => status), tagged.status];
    };
    expect(await statuses()).toEqual([200, 403, 200]);
    await desk.setPlaces(1);
    const handed = await desk.apiAs('admin')('POST', `${sessions}/${id}/transfer`, { agentId: 'agent2' });
    expect(handed).toMatchObject({ status: 200, body: { agentId: 'agent2', status: 'active' } });
    await desk.setPlaces(0);
    expect(await statuses()).toEqual([403, 200, 403]);
  });

  it('[HT6] a write is seen by the next read, also of what is kept for minutes', async () => {
    const admin = desk.apiAs('admin');
    const before = bodyOf(await admin('GET', '/api/v1/settings'), shopSettingsSchema);
    await admin('PUT', '/api/v1/settings', { ...before, awayText: 'Back on Monday' });
    const after = await desk.apiAs('agent')('GET', '/api/v1/settings');
    expect(after.body).toMatchObject({ awayText: 'Back on Monday', revision: before.revision + 1 });
    await admin('PUT', '/api/v1/skills', { skills: [] });
    expect((await desk.apiAs('agent')('GET', '/api/v1/skills')).body).toEqual({ skills: [] });
  });

  it('[HT6] signing out ends every token of that user at once, and nobody else’s', async () => {
    const { url } = desk.server;
    const [one, other] = await Promise.all([
      signIn(url, 'customer2@demo.local'),
      signIn(url, 'customer2@demo.local'),
    ]);
    expect((await other('GET', me)).status).toBe(200);
    expect((await one('DELETE', '/api/v1/auth/token')).status).toBe(204);
    expect((await one('GET', me)).status).toBe(401);
    expect((await other('GET', me)).status).toBe(401);
    expect((await other('POST', '/api/v1/auth/refresh')).status).toBe(401);
    expect((await desk.apiAs('customer')('GET', me)).status).toBe(200);
    await desk.signInAgain('customer2');
  });

  it('[HT6] what the command line revokes or changes holds within 30 s, without a restart', async () => {
    const { url, place } = desk.server;
    const customer = await signIn(url, 'customer2@demo.local');
    const agent = await signIn(url, 'agent2@demo.local');
    expect([(await customer('GET', me)).status, (await agent('GET', '/api/v1/skills')).status]).toEqual([
      200, 200,
    ]);
    const { people, close } = await openCommandLine(parseConfig({ ...place }), await outsideParts(place));
    await people.revoke('customer2');
    await people.setRole('agent2', 'customer');
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + 30_000);
    expect((await customer('GET', me)).status).toBe(401);
    expect((await agent('GET', '/api/v1/skills')).status).toBe(403);
    await people.setRole('agent2', 'agent');
    await close();
    await Promise.all([desk.signInAgain('customer2'), desk.signInAgain('agent2')]);
  });

  it.each([
    ['without Host', 400, 'GET /api/v1/me HTTP/1.1\r\n\r\n'],
    [
      'with an expectation that nobody knows',
      401,
      'GET /api/v1/me HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n',
    ],
    ['for an address without a path', 404, 'GET http:// HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['that is no HTTP', 400, 'hello\r\n\r\n'],
  ])('[HT2] a request %s is answered with a problem', async (kind, status, text) => {
    const reply = await sendBytes(desk.server.url, { kind, bytes: Buffer.from(text) });
    expect(reply.status).toBe(status);
    const { Problem = {} } = desk.contract.document.components.schemas;
    expect(desk.contract.mistakes(Problem, JSON.parse(reply.text))).toEqual([]);
    expect(reply.headers['x-request-id']).toBe(JSON.parse(reply.text).requestId);
  });
});

describe('two servers in one process', () => {
  let small: TestServer;
  let other: TestServer;
  beforeAll(async () => {
    small = await startTestServer({
      ...localAccounts,
      RATE_LIMIT_MAX: '20',
      SIGN_IN_MAX: '3',
      CORS_ORIGIN: 'https://small.example',
    });
    other = await startTestServer({ ...localAccounts, CORS_ORIGIN: 'https://other.example', SIGNUP: 'open' });
  });
  afterAll(() => Promise.all([small.close(), other.close()]));

  it('[EN2] have data, keys and accounts of their own', async () => {
    const token = await tokenOf(small.url, 'customer@demo.local');
    expect((await apiOf(small.url, token)('GET', me)).status).toBe(200);
    expect((await apiOf(other.url, token)('GET', me)).status).toBe(401);
    const opened = await apiOf(small.url, token)('POST', sessions, { issue: 'Where is order C-3?' });
    const path = `${sessions}/${bodyOf(opened, sessionSchema).id}`;
    const there = await signIn(other.url, 'customer@demo.local');
    expect((await apiOf(small.url, token)('GET', path)).status).toBe(200);
    expect((await there('GET', path)).status).toBe(404);
  });

  it('[HT5] let pages of their own origins read', async () => {
    const allowed = async ({ url }: TestServer) => {
      const { headers } = await apiOf(url)('GET', '/health', undefined, { origin: 'https://small.example' });
      return headers.get('access-control-allow-origin');
    };
    expect(await allowed(small)).toBe('https://small.example');
    expect(await allowed(other)).not.toBe('https://small.example');
  });

  it('[HT3] let customers register where that is wanted', async () => {
    const account = { email: 'new@example.com', name: 'New', password: 'a-long-password' };
    const replies = await Promise.all(
      [small, other].map(async ({ url }) => {
        const reply = await apiOf(url)('POST', '/api/v1/auth/register', account);
        (await readContract(url)).check('registerAccount', reply);
        return reply;
      }),
    );
    expect(replies).toMatchObject([
      { status: 403, body: { code: 'forbidden' } },
      { status: 201, body: { user: { role: 'customer' } } },
    ]);
  });

  it('[HT3] throttle sign-in per account, whatever the password', async () => {
    const attempt = (email: string, password: string) =>
      apiOf(small.url)('POST', '/api/v1/auth/token', { email, password });
    const statuses: number[] = [];
    for (const password of ['wrong-1', 'wrong-2', 'wrong-3', 'proofdesk-demo']) {
      statuses.push((await attempt('admin@demo.local', password)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 429]);
    const refused = await attempt('ADMIN@demo.local', 'proofdesk-demo');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
    (await readContract(small.url)).check('createToken', refused);
    expect((await attempt('agent@demo.local', 'proofdesk-demo')).status).toBe(200);
  });

  it('[HT4] count requests each for itself; staff and probes go on when customers have used theirs up', async () => {
    const customer = await signIn(small.url, 'customer2@demo.local');
    const agent = await signIn(small.url, 'agent2@demo.local');
    const statuses = await Promise.all(
      Array.from({ length: 21 }, async () => (await customer('GET', me)).status),
    );
    expect(statuses.filter((status) => status === 429).length).toBe(1);
    const refused = await customer('GET', me);
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    (await readContract(small.url)).check('getMe', refused);
    expect((await agent('GET', me)).status).toBe(200);
    expect((await customer('GET', '/health')).status).toBe(200);
    expect((await (await signIn(other.url, 'customer2@demo.local'))('GET', me)).status).toBe(200);
  });
});
