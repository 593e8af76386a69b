import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../support/processes.ts';
import { apiOf, startTestServer, type TestServer, tokenOf } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

it('[EN8] a token in use that the command line revokes is refused within 30 seconds', async () => {
  const api = apiOf(server.url, await tokenOf(server.url, 'customer@demo.local'));
  const statusOfMe = async (): Promise<number> => (await api('GET', '/api/v1/me')).status;
  expect(await statusOfMe()).toBe(200);
  const words = ['users', 'revoke', 'customer@demo.local'];
  expect((await runCommand({ DATA_DIR: server.dataDir }, words)).code).toBe(0);
  await expect.poll(statusOfMe, { timeout: 30_000, interval: 250 }).toBe(401);
});
