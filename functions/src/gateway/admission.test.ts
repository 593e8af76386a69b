import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { type GatewayHarness, objectOf, startGateway } from '../testing/gateway-harness.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { sampleOperations } from '../testing/sample-operations.ts';
import { createAuthentication } from './authentication.ts';

describe('admission', () => {
  let gateway: GatewayHarness;
  afterEach(() => gateway.server.stop());

  const start = async () => {
    gateway = await startGateway({ operations: sampleOperations });
  };
  const call = (path: string, authorization?: string, init: RequestInit = {}) =>
    gateway.fetch(path, {
      ...init,
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
    });
  const codeOf = async (reply: Response) => [reply.status, (await objectOf(reply)).code];

  it.each([
    ['no token', undefined],
    ['a token that is not valid', 'Bearer nonsense'],
    ['another scheme', 'Basic YTpi'],
    ['an empty token', 'Bearer '],
    ['two tokens', 'Bearer customer-anna customer-bob'],
  ])('[HT3] %s is 401', async (_name, authorization) => {
    await start();
    expect(await codeOf(await call('/api/v1/me', authorization))).toEqual([401, 'not_authenticated']);
  });

  it('[RO6] who is signed in and asks is told, whatever the answer; nobody else is', async () => {
    const callers: string[] = [];
    const onCaller = ({ uid }: { uid: string }) => callers.push(uid);
    gateway = await startGateway({ operations: sampleOperations, onCaller });
    await call('/api/v1/me', 'Bearer agent-bob');
    await call('/api/v1/skills', 'Bearer agent-carl', { method: 'PUT', body: '{}' });
    await call('/api/v1/me', 'Bearer nonsense');
    await call('/api/v1/me');
    expect(callers).toEqual(['bob', 'carl']);
  });

  it('[HT3] the scheme is read in any case', async () => {
    await start();
    expect((await call('/api/v1/me', 'bearer customer-anna')).status).toBe(200);
  });

  it('[HT3] 401 comes before anything of the request is read', async () => {
    await start();
    const init = { method: 'POST', body: '{not json' };
    expect(await codeOf(await call('/api/v1/sessions', undefined, init))).toEqual([401, 'not_authenticated']);
  });

  it.each(['customer-anna', 'agent-bob'])(
    '[HT3] the wrong role (%s) is 403 before validation',
    async (token) => {
      await start();
      const init = { method: 'PUT', body: '{not json' };
      expect(await codeOf(await call('/api/v1/skills', `Bearer ${token}`, init))).toEqual([403, 'forbidden']);
    },
  );

  it('[HT3] the right role gets through', async () => {
    await start();
    const init = { method: 'PUT', body: '{"skills": []}' };
    expect((await call('/api/v1/skills', 'Bearer admin-root', init)).status).toBe(204);
  });

  it('[HT3] an operation for anyone works with a bad token, without one, and knows a good one', async () => {
    await start();
    const init = { method: 'POST', body: '{"email": "a", "password": "b"}' };
    const knows = async (authorization?: string) =>
      (await objectOf(await call('/api/v1/auth/token', authorization, init))).knows;
    expect(await knows()).toBe(false);
    expect(await knows('Bearer stale')).toBe(false);
    expect(await knows('Bearer customer-anna')).toBe(true);
  });

  it('[HT6] verifies a token once in 15 s, and a revocation holds after that', async () => {
    await start();
    for (let request = 0; request < 5; request += 1) await call('/api/v1/me', 'Bearer customer-anna');
    expect(gateway.verifications).toEqual(['customer-anna']);
    gateway.revoke('customer-anna');
    gateway.clock.advance(15_000);
    expect((await call('/api/v1/me', 'Bearer customer-anna')).status).toBe(401);
  });

  it('[EN3] 401 says what is wrong with the token, such as an account without a role', async () => {
    const authentication = createAuthentication({
      clock: createManualClock(),
      verifyToken: async () => {
        throw new AppError('not_authenticated', 'Ask for a role.');
      },
    });
    gateway = await startGateway({ operations: sampleOperations, authentication });
    const reply = await call('/api/v1/me', 'Bearer customer-anna');
    expect(await objectOf(reply)).toMatchObject({ status: 401, detail: 'Ask for a role.' });
  });

  it('[FA] an identity service that is down is 503 with Retry-After, not 401', async () => {
    const authentication = createAuthentication({
      clock: createManualClock(),
      verifyToken: async () => {
        throw new AppError('unavailable', 'Identity does not answer.', { retryAfterMs: 3_000 });
      },
    });
    gateway = await startGateway({ operations: sampleOperations, authentication });
    const reply = await call('/api/v1/me', 'Bearer customer-anna');
    expect(reply.status).toBe(503);
    expect(reply.headers.get('retry-after')).toBe('3');
  });
});
