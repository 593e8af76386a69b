import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentPageSchema } from '../src/protocol/agents.ts';
import { sessionPageSchema, sessionSchema } from '../src/protocol/sessions.ts';
import { runCommand } from './support/processes.ts';
import { apiOf, bodyOf, signIn, startTestServer, type TestServer, tokenOf } from './support/server.ts';

const password = 'a long enough password';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

const proofdesk = (words: string, input = '') =>
  runCommand({ DATA_DIR: server.dataDir }, words.split(' '), input);

const addUser = async (email: string, options = ''): Promise<void> => {
  const { code, stderr } = await proofdesk(`users add ${email}${options}`, `${password}\n`);
  expect([code, stderr]).toEqual([0, '']);
};

describe('the command line beside a running server', () => {
  it('[EN7] lists the accounts of the running server', async () => {
    const { code, stdout } = await proofdesk('users list');
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(lines).toContainEqual(['admin', 'admin', 'admin@demo.local', 'Demo Admin']);
  });

  it('[EN3] an account that is added signs in at the server at once', async () => {
    await addUser('New@Example.com', ' --role agent --name Newcomer');
    const api = await signIn(server.url, 'new@example.com', password);
    expect((await api('GET', '/api/v1/me')).body).toMatchObject({ name: 'Newcomer', role: 'agent' });
    const admin = await signIn(server.url, 'admin@demo.local');
    const { items } = bodyOf(await admin('GET', '/api/v1/agents'), agentPageSchema);
    expect(items.map(({ name }) => name)).toContain('Newcomer');
  });

  it('[HT3] a changed role holds for the next token and every one that was not used just now', async () => {
    await addUser('rising@example.com');
    const token = await tokenOf(server.url, 'rising@example.com', password);
    expect((await proofdesk('users role rising@example.com admin')).code).toBe(0);
    expect((await apiOf(server.url, token)('GET', '/api/v1/me')).body).toMatchObject({ role: 'admin' });
  });

  it('[EN8] revoked tokens are refused, new ones are not', async () => {
    await addUser('leaving@example.com');
    const token = await tokenOf(server.url, 'leaving@example.com', password);
    expect((await proofdesk('users revoke leaving@example.com')).code).toBe(0);
    expect((await apiOf(server.url, token)('GET', '/api/v1/me')).status).toBe(401);
    const api = await signIn(server.url, 'leaving@example.com', password);
    expect((await api('GET', '/api/v1/me')).status).toBe(200);
  });

  it('[RO4] decisions prints how confident answers turned out', async () => {
    const { code, stdout } = await proofdesk('decisions');
    expect(code).toBe(0);
    for (const channel of ['ai-chatbot', 'live-chat', 'co-browse', 'video-call']) {
      expect(stdout).toContain(channel);
    }
  });

  it.each([
    ['users revoke nobody@example.com', '', 'nobody@example.com'],
    ['users role customer@demo.local king', '', 'customer, agent, admin'],
    ['users add short@example.com', 'short\n', 'password'],
    ['users add nonsense', `${password}\n`, 'email'],
    ['users add customer@demo.local', `${password}\n`, 'already'],
  ])('[EN4] what cannot be done is said in one sentence: %s', async (words, input, named) => {
    const { code, stdout, stderr } = await proofdesk(words, input);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(named);
  });
});

describe('the command line without a server', () => {
  it('[RE4] an erased person cannot sign in, and nothing of what was written is left to read', async () => {
    const desk = await startTestServer();
    const command = (words: string, input = '') =>
      runCommand({ DATA_DIR: desk.dataDir }, words.split(' '), input);
    expect((await command('users add gone@example.com', `${password}\n`)).code).toBe(0);
    const gone = await signIn(desk.url, 'gone@example.com', password);
    const secret = 'The flyer with the secret recipe has no bleed';
    const { id } = bodyOf(await gone('POST', '/api/v1/sessions', { issue: secret }), sessionSchema);
    await desk.stop();
    const { code, stdout } = await command('users erase gone@example.com');
    expect([code, stdout]).toEqual([0, 'Erased gone@example.com and the texts of 1 sessions.\n']);
    const after = await startTestServer({ DATA_DIR: desk.dataDir });
    const again = { email: 'gone@example.com', password };
    expect((await apiOf(after.url)('POST', '/api/v1/auth/token', again)).status).toBe(401);
    const admin = await signIn(after.url, 'admin@demo.local');
    const session = await admin('GET', `/api/v1/sessions/${id}`);
    expect(session.body).toMatchObject({ status: 'completed', issue: '[erased]', subject: '[erased]' });
    const transcript = await admin('GET', `/api/v1/sessions/${id}/transcript`);
    expect(JSON.stringify(transcript.body)).not.toContain('recipe');
    const found = bodyOf(await admin('GET', '/api/v1/sessions?q=recipe'), sessionPageSchema);
    expect(found.items).toEqual([]);
    await after.close();
    await desk.close();
  });
});
