import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, deleteApp, initializeApp } from 'firebase-admin/app';
import { type Auth, getAuth } from 'firebase-admin/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newProjectId, signInWithFirebase, useAuthEmulator } from '../support/firebase-people.ts';
import { openPostgresCluster, type PostgresCluster } from '../support/postgres-cluster.ts';
import { runCommand, startServerProcess } from '../support/processes.ts';
import { apiOf } from '../support/server.ts';

const password = 'a long enough password';

/** Processes cannot share Firestore over memory, so the records are in PostgreSQL and only the people in Firebase. */
describe('the command line beside a server whose people sign in at Firebase', () => {
  let cluster: PostgresCluster;
  let app: App;
  let auth: Auth;
  let folder: string;
  let settings: Record<string, string>;
  const projectId = newProjectId();

  beforeAll(async () => {
    const host = useAuthEmulator();
    app = initializeApp({ projectId }, projectId);
    auth = getAuth(app);
    folder = await mkdtemp(join(tmpdir(), 'proofdesk-users-'));
    cluster = await openPostgresCluster({ fsync: 'off' });
    settings = {
      DATABASE_URL: await cluster.freshUrl(),
      DATA_DIR: folder,
      FIREBASE_PROJECT_ID: projectId,
      FIREBASE_AUTH_EMULATOR_HOST: host,
    };
  });
  afterAll(() => Promise.all([deleteApp(app), cluster.dispose(), rm(folder, { recursive: true })]));

  const proofdesk = (words: string, input = '') => runCommand(settings, words.split(' '), input);
  const succeeds = async (words: string, input = ''): Promise<string> => {
    const { code, stdout, stderr } = await proofdesk(words, input);
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  };

  /** An account that somebody made by themselves, on a web page of Firebase's. */
  const register = async (email: string): Promise<{ uid: string; token: string }> => {
    const { uid } = await auth.createUser({ email, password, displayName: email.split('@', 1)[0] ?? '' });
    return { uid, token: await signInWithFirebase(projectId, email, password) };
  };

  it('[EN3] [EN8] a role and an end that it gives hold for tokens in use within 30 seconds', async () => {
    const server = await startServerProcess(settings);
    const me = async (token: string) => (await apiOf(server.url, token)('GET', '/api/v1/me')).body;
    const newcomer = await register('newcomer@example.com');
    expect(await me(newcomer.token)).toMatchObject({ status: 401, detail: expect.stringContaining('role') });
    const made = await succeeds('users add leaving@example.com --role customer', `${password}\n`);
    expect(made).toMatch(/^Made customer leaving@example\.com with the id \S+\.\n$/);
    const leaving = await signInWithFirebase(projectId, 'leaving@example.com', password);
    expect(await me(leaving)).toMatchObject({ role: 'customer' });
    const changed = await succeeds('users role newcomer@example.com agent');
    expect(changed).toBe('newcomer@example.com is agent now.\n');
    const ended = await succeeds('users revoke leaving@example.com');
    expect(ended).toBe('All tokens of leaving@example.com are ended.\n');
    const patience = { timeout: 30_000, interval: 250 };
    await expect.poll(() => me(newcomer.token), patience).toMatchObject({ role: 'agent', name: 'newcomer' });
    await expect.poll(() => me(leaving), patience).toMatchObject({ status: 401 });
    expect((await auth.getUser(newcomer.uid)).customClaims).toEqual({ role: 'agent' });
    const again = await signInWithFirebase(projectId, 'leaving@example.com', password);
    expect(await me(again)).toMatchObject({ role: 'customer' });
    await server.end('SIGTERM');
  });

  it('[EN3] it lists everybody, also who has never been here, and finds them by address or id', async () => {
    const { uid } = await register('stranger@example.com');
    const rows = async () => (await succeeds('users list')).split('\n').map((line) => line.split('\t'));
    expect(await rows()).toContainEqual([uid, 'customer', 'stranger@example.com', 'stranger']);
    expect(await succeeds(`users role ${uid} admin`)).toBe('stranger@example.com is admin now.\n');
    expect(await rows()).toContainEqual([uid, 'admin', 'stranger@example.com', 'stranger']);
    const { code, stderr } = await proofdesk(`users role ${uid} agent`);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('stranger@example.com is the last administrator'),
    ]);
    await succeeds('users add boss@example.com --role admin', `${password}\n`);
    await succeeds('users erase stranger@example.com');
    expect((await rows()).map(([id]) => id)).not.toContain(uid);
    await expect(auth.getUser(uid)).rejects.toMatchObject({ code: 'auth/user-not-found' });
  });

  it.each([
    ['users revoke nobody@example.com', '', 'nobody@example.com'],
    ['users role nobody agent', '', 'There is no account nobody'],
    ['users role taken@example.com king', '', 'customer, agent, admin'],
    ['users add taken@example.com', `${password}\n`, 'already'],
  ])('[EN4] what cannot be done is said in one sentence: %s', async (words, input, named) => {
    await auth.createUser({ email: 'taken@example.com', password }).catch(() => undefined);
    const { code, stdout, stderr } = await proofdesk(words, input);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(named);
  });

  it('[FA] a Firebase that does not answer is said in one sentence', async () => {
    const gone = { ...settings, FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:1' };
    for (const words of ['users list', 'users role taken@example.com agent']) {
      const { code, stdout, stderr } = await runCommand(gone, words.split(' '));
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toBe('Accounts cannot be reached right now. Try again later.\n');
    }
  });
});
