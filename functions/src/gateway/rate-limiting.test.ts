import express from 'express';
import { rateLimit } from 'express-rate-limit';
import { afterEach, describe, expect, it } from 'vitest';
import { type GatewayHarness, startGateway } from '../testing/gateway-harness.ts';
import { sampleOperations } from '../testing/sample-operations.ts';
import { createAddressKeys } from './client-address.ts';
import { startHttpServer } from './http-server.ts';
import { createLifecycle } from './lifecycle.ts';

const limits = { max: 3, perAddressFactor: 2, staffMax: 5, windowMs: 60_000 };
const headerNames = ['ratelimit-policy', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'];
const rateHeaders = (reply: Response) => headerNames.map((name) => reply.headers.get(name));

describe('rate limits', () => {
  let gateway: GatewayHarness;
  afterEach(() => gateway.server.stop());

  const start = async (options = {}) => {
    gateway = await startGateway({ operations: sampleOperations, limits, ...options });
  };
  const call = (token?: string, path = '/api/v1/me', headers: Record<string, string> = {}) =>
    gateway.fetch(path, { headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers } });
  const statuses = async (times: number, token?: string, path?: string) => {
    const seen = [];
    for (let request = 0; request < times; request += 1) seen.push((await call(token, path)).status);
    return seen;
  };

  it('[HT4] anonymous requests count per address, unknown addresses and bad tokens among them', async () => {
    await start();
    const seen = [
      (await call()).status,
      (await call(undefined, '/api/v1/nothing')).status,
      (await call('bad')).status,
      (await call()).status,
      (await call('other-bad')).status,
    ];
    expect(seen).toEqual([401, 404, 401, 429, 429]);
  });

  it('[HT4] a customer has the same numbers alone, beside anonymous traffic', async () => {
    await start();
    expect(await statuses(4, 'customer-anna')).toEqual([200, 200, 200, 429]);
    expect(await statuses(1, 'customer-bob')).toEqual([200]);
    expect(await statuses(1)).toEqual([401]);
  });

  it('[HT4] all customers of one address together have a multiple', async () => {
    await start();
    const seen = [];
    for (let customer = 0; customer < 7; customer += 1)
      seen.push((await call(`customer-c${customer}`)).status);
    expect(seen).toEqual([200, 200, 200, 200, 200, 200, 429]);
  });

  it('[HT4] who is over the own limit does not use up what the neighbours have', async () => {
    await start();
    await statuses(20, 'customer-anna');
    expect(await statuses(3, 'customer-bob')).toEqual([200, 200, 200]);
  });

  it('[HT4] staff have their own limit per user, and an office shares no address limit', async () => {
    await start();
    for (const token of ['agent-a', 'agent-b', 'admin-c', 'agent-d']) {
      expect(await statuses(6, token)).toEqual([200, 200, 200, 200, 200, 429]);
    }
  });

  it('[HT4] probes, documentation and preflights are exempt', async () => {
    await start();
    await statuses(4);
    for (const path of ['/health', '/ready', '/metrics', '/openapi.json', '/docs', '/docs/errors']) {
      const reply = await call(undefined, path);
      expect([path, reply.status, rateHeaders(reply)[1]]).toEqual([path, 200, null]);
    }
    const preflight = await gateway.fetch('/api/v1/me', { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
  });

  it('[HT3] 429 is a problem with Retry-After; a new window takes requests again', async () => {
    await start();
    await statuses(3);
    gateway.clock.advance(20_500);
    const refused = await call();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('40');
    expect(rateHeaders(refused)).toEqual(['3;w=60', '3', '0', '40']);
    expect(await refused.json()).toMatchObject({ code: 'rate_limited' });
    gateway.clock.advance(39_500);
    expect((await call()).status).toBe(401);
  });

  it('[HT4] writes the headers that express-rate-limit writes', async () => {
    await start();
    const reference = express();
    reference.use(
      rateLimit({ limit: 3, windowMs: 60_000, standardHeaders: 'draft-6', legacyHeaders: false }),
    );
    reference.use((_request, response) => response.json({}));
    const server = await startHttpServer({
      handler: reference,
      host: '127.0.0.1',
      port: 0,
      lifecycle: createLifecycle(),
      shutdownGraceMs: 1_000,
    });
    for (let request = 0; request < 4; request += 1) {
      const theirs = await fetch(`http://127.0.0.1:${server.port}/`);
      const ours = await call();
      expect(rateHeaders(ours)).toEqual(rateHeaders(theirs));
      expect(ours.headers.get('retry-after')).toBe(theirs.headers.get('retry-after'));
    }
    await server.stop();
  });

  it('[HT4] believes as many proxies as it was told to, and nobody else', async () => {
    const forged = (address: string) => call(undefined, '/api/v1/me', { 'x-forwarded-for': address });
    await start();
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) await forged(address);
    expect((await forged('192.0.2.4')).status).toBe(429);
    await gateway.server.stop();
    await start({ trustProxy: 1 });
    for (let request = 0; request < 3; request += 1) await forged('198.51.100.9, 192.0.2.1');
    expect((await forged('203.0.113.5, 192.0.2.1')).status).toBe(429);
    expect((await forged('192.0.2.2')).status).toBe(401);
  });

  it('[FA] an engine that cannot count lets requests pass and says so in the log', async () => {
    const rateLimits = { hit: () => Promise.reject(new Error('redis is gone')), close: async () => {} };
    await start({ rateLimits });
    expect(await statuses(5, 'customer-anna')).toEqual([200, 200, 200, 200, 200]);
    expect(gateway.logText()).toContain('redis is gone');
  });

  it('[HT4] an engine that answers later limits as well', async () => {
    let count = 0;
    const rateLimits = { hit: async () => ({ count: ++count, resetMs: 1_000 }), close: async () => {} };
    await start({ rateLimits });
    expect(await statuses(4)).toEqual([401, 401, 401, 429]);
  });
});

describe('address keys', () => {
  const keyOf = createAddressKeys();

  it('[HT4] takes IPv4 as it is, also when it comes inside IPv6', () => {
    expect(keyOf('192.0.2.7')).toBe('192.0.2.7');
    expect(keyOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  });

  it('[HT4] counts an IPv6 network of /56 as one caller', () => {
    expect(keyOf('2001:db8:1:2201::1')).toBe(keyOf('2001:db8:1:22ff:9:9:9:9'));
    expect(keyOf('2001:db8:1:2201::1')).not.toBe(keyOf('2001:db8:1:2301::1'));
  });

  it('gives a socket that is gone a key of its own', () => {
    expect(keyOf(undefined)).toBe('unknown');
  });
});
