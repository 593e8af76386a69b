import { afterEach, describe, expect, it } from 'vitest';
import { type GatewayHarness, startGateway } from '../testing/gateway-harness.ts';
import { sampleOperations } from '../testing/sample-operations.ts';

describe('access log', () => {
  let gateway: GatewayHarness;
  afterEach(() => gateway.server.stop());

  it('[HT5] writes one structured line a request, under its request id', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    const reply = await gateway.fetch('/api/v1/sessions/s1?x=1', {
      headers: { authorization: 'Bearer customer-anna' },
    });
    await gateway.server.stop();
    expect(gateway.logLines()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        requestId: reply.headers.get('x-request-id'),
        method: 'GET',
        path: '/api/v1/sessions/s1',
        operation: 'getSession',
        status: 422,
        durationMs: expect.any(Number),
        address: '127.0.0.1',
        uid: 'anna',
        role: 'customer',
        msg: 'request',
      },
    ]);
  });

  it('[HT5] no token, password, body, query or header reaches the log', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    await gateway.fetch('/api/v1/auth/token?code=hush1', {
      method: 'POST',
      headers: {
        authorization: 'Bearer hush2',
        cookie: 'session=hush3',
        'x-request-id': 'hush4 not well-formed',
        'content-type': 'application/json',
        'user-agent': 'hush5',
      },
      body: JSON.stringify({ email: 'hush6@test.local', password: 'hush7', hush8: 1 }),
    });
    await gateway.fetch('/api/v1/auth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'hush6@test.local', password: 'hush7' }),
    });
    await gateway.server.stop();
    expect(gateway.logLines().map((line) => line.status)).toEqual([422, 200]);
    expect(gateway.logText()).not.toMatch(/hush|secret-of-reply/);
  });

  it('[HT5] a path cannot forge a line or flood the log', async () => {
    gateway = await startGateway();
    await gateway.fetch(`/${'%0A%7B%22level%22'.repeat(200)}`);
    await gateway.server.stop();
    const [line, ...others] = gateway.logLines();
    expect(others).toEqual([]);
    expect(String(line?.path).length).toBe(200);
  });
});
