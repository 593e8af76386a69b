import { afterEach, describe, expect, it } from 'vitest';
import { type GatewayHarness, startGateway } from '../testing/gateway-harness.ts';
import { answering, sampleOperations } from '../testing/sample-operations.ts';
import { entityTagOf, matchesEntityTag } from './entity-tag.ts';

const customer = { authorization: 'Bearer customer-anna' };

describe('caching by readers', () => {
  let gateway: GatewayHarness;
  afterEach(() => gateway.server.stop());

  it('[HT6] a read carries ETag and Cache-Control: private', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    const reply = await gateway.fetch('/api/v1/me', { headers: customer });
    expect(reply.headers.get('cache-control')).toMatch(/^private/);
    expect(reply.headers.get('etag')).toMatch(/^W\/"[\w-]{22}"$/);
  });

  it('[HT6] a read that the reader has already is 304 without a body', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    const first = await gateway.fetch('/api/v1/me', { headers: customer });
    const tag = first.headers.get('etag') ?? '';
    const again = await gateway.fetch('/api/v1/me', { headers: { ...customer, 'if-none-match': tag } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
    const other = await gateway.fetch('/api/v1/me', {
      headers: { authorization: 'Bearer customer-bob', 'if-none-match': tag },
    });
    expect(other.status).toBe(200);
  });

  it('[HT6] a changed reply has another tag', async () => {
    let text = 'one';
    gateway = await startGateway({ operations: [answering(() => ({ status: 200, body: { text } }))] });
    const headers = { authorization: 'Bearer admin-root' };
    const tag = (await gateway.fetch('/api/v1/settings', { headers })).headers.get('etag') ?? '';
    text = 'two';
    const again = await gateway.fetch('/api/v1/settings', { headers: { ...headers, 'if-none-match': tag } });
    expect(await again.json()).toEqual({ text: 'two' });
  });

  it('[HT6] tokens, writes and failures are never kept', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"email": "a", "password": "b"}',
    };
    for (const reply of [
      await gateway.fetch('/api/v1/auth/token', init),
      await gateway.fetch('/api/v1/me'),
    ]) {
      expect(reply.headers.get('cache-control')).toBe('no-store');
      expect(reply.headers.get('etag')).toBeNull();
    }
  });

  it('[HT6] an operation may name its own caching, type and headers', async () => {
    const headers = { 'Cache-Control': 'private, max-age=60', 'Content-Disposition': 'attachment' };
    const body = 'day,count\n2026-01-31,7\n';
    gateway = await startGateway({
      operations: [answering(() => ({ status: 200, body, contentType: 'text/csv; charset=utf-8', headers }))],
    });
    const reply = await gateway.fetch('/api/v1/settings', {
      headers: { authorization: 'Bearer admin-root' },
    });
    expect(await reply.text()).toBe(body);
    expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(reply.headers.get('cache-control')).toBe('private, max-age=60');
    expect(reply.headers.get('content-disposition')).toBe('attachment');
  });
});

describe('entity tags', () => {
  const tag = entityTagOf('{"a":1}');
  it.each([
    [tag, true],
    [tag.slice(2), true],
    [`"other", ${tag}`, true],
    ['*', true],
    ['"other"', false],
    ['', false],
  ])('[HT6] If-None-Match %j matches: %j', (ifNoneMatch, expected) => {
    expect(matchesEntityTag(ifNoneMatch, tag)).toBe(expected);
  });
});
