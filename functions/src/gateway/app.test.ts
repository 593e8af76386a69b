import { afterEach, describe, expect, it } from 'vitest';
import { type GatewayHarness, startGateway } from '../testing/gateway-harness.ts';
import { answering, sampleOperations } from '../testing/sample-operations.ts';
import type { Operation } from './operation.ts';

const [me, , , , one] = sampleOperations as [Operation, Operation, Operation, Operation, Operation];
const customer = { authorization: 'Bearer customer-anna' };

describe('addresses', () => {
  let gateway: GatewayHarness;
  afterEach(() => gateway.server.stop());

  it('[HT3] an address that nothing has is 404, with the shape of every failure', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    const reply = await gateway.fetch('/api/v1/nothing');
    expect(reply.status).toBe(404);
    expect(reply.headers.get('content-type')).toBe('application/problem+json');
    expect(await reply.json()).toMatchObject({
      code: 'not_found',
      status: 404,
      type: '/docs/errors#not_found',
    });
  });

  it.each([
    ['/api/v1/sessions', 'GET, HEAD, OPTIONS, POST'],
    ['/api/v1/sessions/1', 'GET, HEAD, OPTIONS'],
    ['/health', 'GET, HEAD, OPTIONS'],
  ])('[HT2] a method that %s does not take is 405 and names those it takes', async (path, allow) => {
    gateway = await startGateway({ operations: sampleOperations });
    const reply = await gateway.fetch(path, { method: 'DELETE' });
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe(allow);
    expect(await reply.json()).toMatchObject({ code: 'method_not_allowed' });
  });

  it('[HT3] HEAD answers as GET does, without the body', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    for (const path of ['/api/v1/me', '/api/v1/sessions/1']) {
      const got = await gateway.fetch(path, { headers: customer });
      const head = await gateway.fetch(path, { method: 'HEAD', headers: customer });
      expect(head.status).toBe(200);
      expect(head.headers.get('etag')).toBe(got.headers.get('etag'));
      expect(await head.text()).toBe('');
    }
  });

  it('[HT3] parameters of the path arrive decoded', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    const reply = await gateway.fetch('/api/v1/sessions/session%2D123', { headers: customer });
    expect(await reply.json()).toEqual({ id: 'session-123' });
  });

  it('[FA] a path that cannot be decoded is 400', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    const reply = await gateway.fetch('/api/v1/sessions/%zz', { headers: customer });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ code: 'malformed_request' });
  });

  it('a handler that waits for its caller hears when the caller goes away', async () => {
    let reached = () => {};
    const waiting = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let aborted = () => {};
    const heard = new Promise<void>((resolve) => {
      aborted = resolve;
    });
    const operation = answering(
      (signal) =>
        new Promise(() => {
          signal().addEventListener('abort', aborted);
          reached();
        }),
    );
    gateway = await startGateway({ operations: [operation] });
    const abort = new AbortController();
    const headers = { authorization: 'Bearer admin-root' };
    const request = gateway.fetch('/api/v1/settings', { headers, signal: abort.signal });
    await waiting;
    abort.abort();
    await expect(request).rejects.toThrow();
    await heard;
  });
});

describe('operations', () => {
  it('[EN4] refuses to start with an operation that has no permission', async () => {
    const unknown = { ...me, id: 'dropEverything' } as unknown as Operation;
    await expect(startGateway({ operations: [unknown] })).rejects.toThrow(/dropEverything is not named/);
    const inherited = { ...me, id: 'toString' } as unknown as Operation;
    await expect(startGateway({ operations: [inherited] })).rejects.toThrow(/toString is not named/);
  });

  it('refuses to start with two operations of one id, or of one method and path', async () => {
    await expect(startGateway({ operations: [me, { ...me, path: '/other' }] })).rejects.toThrow(/getMe/);
    const shadow: Operation = { ...one, id: 'getTranscript', path: '/api/v1/sessions/{sessionId}' };
    await expect(startGateway({ operations: [one, shadow] })).rejects.toThrow(/described twice/);
  });
});
