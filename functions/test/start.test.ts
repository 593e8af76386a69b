import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createLocalAccounts } from '../src/engines/local-accounts/local-accounts.ts';
import { openLibsql } from '../src/engines/sqlite/libsql-driver.ts';
import { openSqliteStore } from '../src/engines/sqlite/sqlite-store.ts';
import { sessionAnalyticsSchema } from '../src/protocol/analytics.ts';
import { sessionPageSchema, sessionSchema, transcriptSchema } from '../src/protocol/sessions.ts';
import { routeReplySchema } from '../src/protocol/support.ts';
import { settings } from '../src/settings.ts';
import { demoAccounts } from '../src/support/demo/demo-people.ts';
import { makeFolder } from '../src/testing/make-folder.ts';
import { startFakeOpenAi } from './support/fake-openai.ts';
import { runCommand, serverEnding, startServerProcess } from './support/processes.ts';
import { apiOf, bodyOf, signIn, startTestServer } from './support/server.ts';

/** How often each record stands in the tables, and what stands in them, leases aside. */
const recordsIn = (dataDir: string): string => {
  const connection = openLibsql(join(dataDir, 'proofdesk.sqlite'));
  const named = connection.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`);
  const tables = named.all([]).filter(([name]) => name !== 'leases');
  const rows = tables.map(([name]) => [name, connection.prepare(`SELECT * FROM "${name}"`).all([])]);
  connection.close();
  return JSON.stringify(rows);
};

/** Leaves one demo account and nothing else in the records. */
const makeFirstDemoAccount = async (dataDir: string): Promise<void> => {
  const store = await openSqliteStore({ file: join(dataDir, 'proofdesk.sqlite') });
  const clock = { now: Date.now, monotonicMs: () => performance.now() };
  const options = { store, clock, signingKey: new Uint8Array(32), tokenTtlMs: 60_000 };
  await createLocalAccounts(options).create(demoAccounts[0]);
  await store.close();
};

/** A refusal ends with code 1 and says one sentence that names what to mend. */
const expectRefusal = async (environment: Record<string, string>, ...names: string[]): Promise<void> => {
  const { code, stdout, stderr } = await serverEnding(environment);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^Proofdesk did not start\. /);
  for (const name of names) expect(stderr).toContain(name);
};

const readyWithinMs = 5_000;

describe('a start with nothing configured', () => {
  it('[EN2] says where it is and who may sign in, on this machine only', async () => {
    const server = await startServerProcess({ DATA_DIR: await makeFolder() });
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(server.output()).toContain('demo mode');
    expect(server.output()).toContain('proofdesk-demo');
    for (const { email, uid, role } of demoAccounts) {
      expect(server.output()).toContain(email);
      const api = await signIn(server.url, email);
      expect((await api('GET', '/api/v1/me')).body).toMatchObject({ uid, role });
    }
    const stopped = await server.end('SIGTERM');
    expect(stopped).toMatchObject({ code: 0, stderr: '' });
  });

  it('[EN2] there is a session going on and a past of ninety days, and no chart is empty', async () => {
    const { url, close } = await startTestServer();
    const customer = await signIn(url, 'customer@demo.local');
    const session = bodyOf(await customer('GET', '/api/v1/sessions/session-123'), sessionSchema);
    expect(session).toMatchObject({ customerId: 'customer', agentId: 'agent', status: 'active' });
    const transcript = await customer('GET', '/api/v1/sessions/session-123/transcript');
    expect(bodyOf(transcript, transcriptSchema).items.length).toBeGreaterThan(1);
    const admin = await signIn(url, 'admin@demo.local');
    const from = new Date(Date.now() - 91 * 86_400_000).toISOString();
    const figures = bodyOf(
      await admin('GET', `/api/v1/analytics/sessions?from=${from}`),
      sessionAnalyticsSchema,
    );
    expect(figures.totals.ended).toBeGreaterThan(300);
    await close();
  });

  it('[RO2] the first recommendation of all rests on the outcomes of that past', async () => {
    const { url, close } = await startTestServer();
    const customer = await signIn(url, 'customer@demo.local');
    const reply = await customer('POST', '/api/v1/support/route', { issue: 'Need help with bleed settings' });
    expect(bodyOf(reply, routeReplySchema).calibration).toBe('outcomes');
    await close();
  });

  it('[RE2] a restart shows every record as it was and adds none', async () => {
    const DATA_DIR = await makeFolder();
    await (await startServerProcess({ DATA_DIR })).end('SIGTERM');
    const before = recordsIn(DATA_DIR);
    expect(before.length).toBeGreaterThan(100_000);
    await (await startServerProcess({ DATA_DIR })).end('SIGTERM');
    expect(recordsIn(DATA_DIR)).toBe(before);
  });

  it('[EN2] a demo shop whose making was cut short is made whole', async () => {
    const DATA_DIR = await makeFolder();
    await writeFile(join(DATA_DIR, 'demo'), '');
    await makeFirstDemoAccount(DATA_DIR);
    const { url, close } = await startTestServer({ DATA_DIR });
    for (const { email } of demoAccounts) {
      const api = await signIn(url, email);
      expect((await api('GET', '/api/v1/me')).status).toBe(200);
    }
    const customer = await signIn(url, demoAccounts[0].email);
    expect((await customer('GET', '/api/v1/sessions/session-123')).status).toBe(200);
    await close();
  });

  it('[EN2] the demo shop is made without asking a paid engine', async () => {
    const openAi = await startFakeOpenAi('sk-test');
    const paid = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: openAi.baseUrl, DEMO: '1' };
    await startServerProcess({ ...paid, DATA_DIR: await makeFolder() });
    expect(openAi.requests).toEqual([]);
    await openAi.close();
  });

  it('[EN4] the unedited .env.example starts it', async () => {
    const example = await readFile(new URL('../.env.example', import.meta.url), 'utf8');
    const settings = Object.fromEntries(
      Object.entries(parseEnv(example)).map(([name, value]) => [name, value ?? '']),
    );
    const DATA_DIR = await makeFolder();
    const server = await startServerProcess({ ...settings, DATA_DIR, PORT: '0', LOG_LEVEL: 'silent' });
    expect(server.output()).toContain('demo mode');
  });
});

describe('production', () => {
  it('[EN3] starts only with accounts chosen on purpose and an administrator, and makes no demo', async () => {
    const production = { NODE_ENV: 'production', DATA_DIR: await makeFolder() };
    await expectRefusal(production, 'AUTH_MODE');
    const chosen = { ...production, AUTH_MODE: 'local' };
    await expectRefusal(chosen, 'AUTH_MODE', 'users add');
    const { AUTH_SIGNING_KEY } = settings;
    await expectRefusal({ ...chosen, AUTH_SIGNING_KEY: AUTH_SIGNING_KEY.example }, 'AUTH_SIGNING_KEY');
    const words = ['users', 'add', 'boss@example.com', '--role', 'admin'];
    expect((await runCommand(chosen, words, 'a long enough password\n')).code).toBe(0);
    const server = await startServerProcess(chosen);
    expect(server.output()).not.toContain('demo');
    await signIn(server.url, 'boss@example.com', 'a long enough password');
    const demo = { email: 'admin@demo.local', password: 'proofdesk-demo' };
    expect((await apiOf(server.url)('POST', '/api/v1/auth/token', demo)).status).toBe(401);
  });

  it('[EN3] refuses data that holds demo accounts', async () => {
    const DATA_DIR = await makeFolder();
    await writeFile(join(DATA_DIR, 'demo'), '');
    await expectRefusal({ NODE_ENV: 'production', AUTH_MODE: 'local', DATA_DIR }, 'DATA_DIR');
    const moved = await makeFolder();
    await makeFirstDemoAccount(moved);
    await expectRefusal({ NODE_ENV: 'production', AUTH_MODE: 'local', DATA_DIR: moved }, 'DATA_DIR');
  });
});

describe('a start that would break a promise', () => {
  it('[EN2] demo accounts are not shown to other machines unless that was said', async () => {
    await expectRefusal({ HOST: '0.0.0.0', DATA_DIR: await makeFolder() }, 'HOST=0.0.0.0', 'DEMO=1');
  });

  it('[EN2] the demo never touches data that holds other users', async () => {
    const DATA_DIR = await makeFolder();
    const words = ['users', 'add', 'real@example.com'];
    expect((await runCommand({ DATA_DIR }, words, 'a long enough password\n')).code).toBe(0);
    const before = recordsIn(DATA_DIR);
    await expectRefusal({ DEMO: '1', DATA_DIR }, 'DEMO=1', 'DATA_DIR');
    expect(recordsIn(DATA_DIR)).toBe(before);
  });

  it('[EN7] a second server on the same records says who has them; after the first has gone it starts', async () => {
    const DATA_DIR = await makeFolder();
    const first = await startServerProcess({ DATA_DIR });
    await expectRefusal({ DATA_DIR }, 'Another Proofdesk server', 'DATA_DIR');
    expect((await apiOf(first.url)('GET', '/health')).status).toBe(200);
    await first.end('SIGTERM');
    await startServerProcess({ DATA_DIR });
  });

  it('[EN4] a setting or an address that cannot be used is named in one sentence', async () => {
    const DATA_DIR = await makeFolder();
    await expectRefusal({ DATA_DIR, PORT: 'three thousand' }, 'PORT', 'Example: PORT=');
    const { url, close } = await startTestServer();
    await expectRefusal({ DATA_DIR, PORT: new URL(url).port }, `PORT=${new URL(url).port}`);
    await close();
    const file = join(DATA_DIR, 'file');
    await writeFile(file, 'no folder');
    await expectRefusal({ DATA_DIR: file }, `DATA_DIR=${file}`);
    await expectRefusal({ DATA_DIR: '/proc/desk/data' }, 'DATA_DIR=/proc/desk/data');
    await expectRefusal({ DATA_DIR, FIREBASE_STORAGE_BUCKET: 'gs://shop' }, 'FIREBASE_STORAGE_BUCKET');
  });
});

describe('a start after a crash', () => {
  it('[FA] after SIGKILL it serves again within five seconds, with every record', async () => {
    const DATA_DIR = await makeFolder();
    const first = await startServerProcess({ DATA_DIR });
    const customer = await signIn(first.url, 'customer@demo.local');
    const issue = { issue: 'Where is my order?', type: 'live-chat' };
    const { id } = bodyOf(await customer('POST', '/api/v1/sessions', issue), sessionSchema);
    await first.end('SIGKILL');
    const killedAt = performance.now();
    const second = await startServerProcess({ DATA_DIR });
    expect(performance.now() - killedAt).toBeLessThan(readyWithinMs);
    const again = await signIn(second.url, 'customer@demo.local');
    const { items } = bodyOf(await again('GET', '/api/v1/sessions?limit=5'), sessionPageSchema);
    expect(items.map((session) => session.id)).toContain(id);
  });
});

describe('engines that were not chosen', () => {
  const tellModules = `data:text/javascript,${encodeURIComponent(`
    import { register } from 'node:module';
    const hooks = "export const load = (url, context, next) => { if (url.includes('node_modules')) " +
      "process._rawDebug('loaded ' + url); return next(url, context); };";
    register('data:text/javascript,' + encodeURIComponent(hooks));`)}`;

  it.each([
    [{}, false],
    [{ OPENAI_API_KEY: 'sk-test', DEMO: '1' }, true],
  ])('[EN6] the SDK of OpenAI is loaded only when it is chosen: %j', async (settings, loaded) => {
    const environment = { ...settings, DATA_DIR: await makeFolder() };
    const server = await startServerProcess(environment, ['--import', tellModules]);
    const { stderr } = await server.end('SIGTERM');
    expect(stderr).toContain('/node_modules/express/');
    expect(stderr.includes('/node_modules/openai/')).toBe(loaded);
    for (const other of ['firebase-admin', '@google-cloud']) {
      expect(stderr).not.toContain(`/node_modules/${other}/`);
    }
    expect(stderr).not.toContain('/node_modules/pg/');
  });
});
