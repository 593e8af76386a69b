import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { issuedTokenSchema } from '../../../src/protocol/accounts.ts';
import { makeFolder } from '../../../src/testing/make-folder.ts';
import { openPostgresCluster, type PostgresCluster } from '../../support/postgres-cluster.ts';
import { runCommand, serverEnding, startServerProcess } from '../../support/processes.ts';
import { startRedisServer } from '../../support/redis-server.ts';
import { apiOf, bodyOf } from '../../support/server.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await openPostgresCluster({ fsync: 'off' });
});
afterAll(() => cluster.dispose());

const settingsFor = async (DATABASE_URL: string) => ({ DATABASE_URL, DATA_DIR: await makeFolder() });

describe('a server on PostgreSQL', () => {
  it('[EN2] [EN4] makes no demo by itself, and names its engine but never its password', async () => {
    const url = (await cluster.freshUrl()).replace('proofdesk@', 'proofdesk:a-secret@');
    const server = await startServerProcess({ ...(await settingsFor(url)), LOG_LEVEL: 'info' });
    const { body } = await apiOf(server.url)('GET', '/health');
    expect(body).toMatchObject({ engines: { records: { name: 'postgres', healthy: true } } });
    const { stdout, stderr } = await server.end('SIGTERM');
    expect(stdout).toContain('PostgreSQL at 127.0.0.1:');
    expect(stdout).not.toContain('demo mode');
    expect(stdout + stderr).not.toContain('a-secret');
  });

  it('[EN7] a second server on the same database is refused, and told what several need', async () => {
    const url = await cluster.freshUrl();
    const first = await startServerProcess(await settingsFor(url));
    const { code, stderr } = await serverEnding(await settingsFor(url));
    expect(code).toBe(1);
    expect(stderr).toContain('Another Proofdesk server');
    expect(stderr).toContain('REDIS_URL');
    await first.end('SIGTERM');
    const next = await startServerProcess(await settingsFor(url));
    await next.end('SIGTERM');
  });

  it('[EN7] beside nodes that Redis joins, one whose artwork is in a folder of its own is refused', async () => {
    const redis = await startRedisServer();
    onTestFinished(() => redis.close());
    const joined = { ...(await settingsFor(await cluster.freshUrl())), REDIS_URL: redis.url };
    await startServerProcess(joined);
    const { code, stderr } = await serverEnding({ ...joined, DATA_DIR: await makeFolder() });
    expect(code).toBe(1);
    expect(stderr).toContain('keep artwork in another place');
    expect(stderr).toContain('FIREBASE_STORAGE_BUCKET');
    await startServerProcess(joined);
  });

  it('[EN4] a database that will not have us ends the start with one sentence, without the password', async () => {
    const url = (await cluster.freshUrl()).replace('/postgres?', '/nowhere?').replace('@', ':a-secret@');
    const { code, stderr } = await serverEnding(await settingsFor(url));
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Proofdesk did not start\. The database of DATABASE_URL cannot be used: .*nowhere/,
    );
    expect(stderr).not.toContain('a-secret');
  });

  it('[EN8] accounts and revocations of the command line hold in a running server, from another folder', async () => {
    const url = await cluster.freshUrl();
    const server = await startServerProcess(await settingsFor(url));
    const words = ['users', 'add', 'anna@shop.example', '--role', 'admin'];
    const made = await runCommand(await settingsFor(url), words, 'a password of twelve\n');
    expect(made).toMatchObject({ code: 0 });
    const signedIn = await apiOf(server.url)('POST', '/api/v1/auth/token', {
      email: 'anna@shop.example',
      password: 'a password of twelve',
    });
    expect(signedIn.status).toBe(200);
    const { token } = bodyOf(signedIn, issuedTokenSchema);
    const statusOfMe = async () => (await apiOf(server.url, token)('GET', '/api/v1/me')).status;
    expect(await statusOfMe()).toBe(200);
    const revoke = ['users', 'revoke', 'anna@shop.example'];
    expect(await runCommand(await settingsFor(url), revoke)).toMatchObject({ code: 0 });
    await expect.poll(statusOfMe, { timeout: 30_000, interval: 250 }).toBe(401);
    await server.end('SIGTERM');
  });
});
