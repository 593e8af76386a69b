import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../src/engines/sqlite/sqlite-store.ts';
import { issuedTokenSchema } from '../src/protocol/accounts.ts';
import { sessionSchema } from '../src/protocol/sessions.ts';
import { demoPassword } from '../src/support/demo/demo-people.ts';
import { type ChildServer, startChildServer } from './support/child-server.ts';
import { apiOf, bodyOf } from './support/server.ts';

const slowStartMs = 60_000;

describe('a server that is told to stop', () => {
  let dataDir: string;
  let server: ChildServer;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'proofdesk-stop-'));
  });
  afterEach(async () => {
    server.signal('SIGKILL');
    await server.ended();
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = async (settings: Record<string, string>): Promise<string> => {
    server = await startChildServer({ DATA_DIR: dataDir, ...settings });
    const credentials = { email: 'customer@demo.local', password: demoPassword };
    const reply = await apiOf(server.url)('POST', '/api/v1/auth/token', credentials);
    return bodyOf(reply, issuedTokenSchema).token;
  };

  /** Begins to open a session, and waits until the server has said that it wants the body. */
  const beginToOpen = async (token: string, body: string): Promise<ClientRequest> => {
    const outgoing = request(`${server.url}/api/v1/sessions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        expect: '100-continue',
      },
    });
    outgoing.flushHeaders();
    await once(outgoing, 'continue');
    return outgoing;
  };

  /** Idle connections are closed as the draining begins; a request that was just being sent on one is sent again. */
  const isReady = async (): Promise<boolean> => {
    try {
      return (await apiOf(server.url)('GET', '/ready')).status === 200;
    } catch (error) {
      if (error instanceof TypeError) return true;
      throw error;
    }
  };

  const untilDraining = async (): Promise<void> => {
    while (await isReady());
  };

  it(
    '[HT7] finishes what is under way, refuses what is new, keeps what it acknowledged, and exits with 0',
    async () => {
      const token = await start({ LOG_LEVEL: 'info' });
      const issue = 'The varnish of order B-7 is on the wrong side';
      const body = JSON.stringify({ issue, type: 'live-chat' });
      const outgoing = await beginToOpen(token, body);
      server.signal('SIGTERM');
      server.signal('SIGTERM');
      await untilDraining();

      const refused = await apiOf(server.url, token)('GET', '/api/v1/me');
      expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await apiOf(server.url)('GET', '/health')).status).toBe(200);

      outgoing.end(body);
      const [incoming] = await once(outgoing, 'response');
      expect(incoming.statusCode).toBe(201);
      const { id } = sessionSchema.parse(
        JSON.parse(Buffer.concat(await incoming.toArray()).toString('utf8')),
      );
      expect(await server.ended()).toEqual({ code: 0, signal: null });

      const store = await openSqliteStore({ file: join(dataDir, 'proofdesk.sqlite') });
      const [session, lease] = [await store.get('supportSessions', id), await store.get('leases', 'server')];
      await store.close();
      expect(session).toMatchObject({ customerId: 'customer', issue });
      expect(lease).toBeUndefined();

      const log = server.output();
      expect(log).toContain('openSession');
      for (const secret of [token, issue]) expect(log).not.toContain(secret);
      expect(log.replaceAll(/Demo accounts \(password [\w-]+\)/g, '')).not.toContain(demoPassword);
    },
    slowStartMs,
  );

  it(
    '[EN7] says why it stops and exits with 1 when another server has taken its records over',
    async () => {
      await start({ LOG_LEVEL: 'fatal' });
      const store = await openSqliteStore({ file: join(dataDir, 'proofdesk.sqlite') });
      onTestFinished(() => store.close());
      const expiresAt = new Date(Date.now() + 600_000).toISOString();
      const other = { id: 'server', holder: 'the other', host: 'elsewhere', pid: 1, expiresAt };
      await store.write((writer) => writer.put('leases', other));
      expect(await server.ended()).toEqual({ code: 1, signal: null });
      expect(server.output()).toMatch(/"level":"fatal".+Another server has taken over these records/);
      expect(await store.get('leases', 'server')).toMatchObject({ holder: 'the other' });
    },
    slowStartMs,
  );

  it(
    '[HT7] waits no longer than the grace time for what does not end',
    async () => {
      const token = await start({ LOG_LEVEL: 'silent', SHUTDOWN_GRACE_MS: '300' });
      const outgoing = await beginToOpen(token, '{"issue": "never finished"}');
      const cutOff = once(outgoing, 'error');
      server.signal('SIGINT');
      expect(await server.ended()).toEqual({ code: 0, signal: null });
      await cutOff;
    },
    slowStartMs,
  );
});
