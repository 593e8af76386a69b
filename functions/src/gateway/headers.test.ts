import { request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import cors from 'cors';
import type { Response as ExpressResponse, Request } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { type GatewayHarness, objectOf, startGateway } from '../testing/gateway-harness.ts';
import { answering, sampleOperations } from '../testing/sample-operations.ts';

const allowed = 'https://desk.example.com';
const customer = { authorization: 'Bearer customer-anna' };
const staff = { authorization: 'Bearer admin-root' };

describe('headers', () => {
  let gateway: GatewayHarness;
  afterEach(() => gateway.server.stop());

  it.each(['/api/v1/me', '/api/v1/nothing', '/health', '/docs', '/openapi.json'])(
    '[HT5] %s carries helmet headers with a strict, constant policy',
    async (path) => {
      gateway = await startGateway({ operations: sampleOperations });
      const { headers } = await gateway.fetch(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('strict-transport-security')).toContain('max-age=');
      expect(headers.get('x-powered-by')).toBeNull();
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*/);
    },
  );

  it('[HT5] pages of configured origins may read replies, others may not', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    const originOf = async (origin?: string) => {
      const reply = await gateway.fetch('/api/v1/me', {
        headers: { ...customer, ...(origin ? { origin } : {}) },
      });
      expect(reply.headers.get('vary')).toContain('Origin');
      return reply.headers.get('access-control-allow-origin');
    };
    expect(await originOf(allowed)).toBe(allowed);
    expect(await originOf('https://evil.example.com')).toBeNull();
    expect(await originOf('null')).toBeNull();
    expect(await originOf()).toBeNull();
  });

  it('[HT5] answers preflights as cors does', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    const theirs = async (origin: string) => {
      const fake = { method: 'OPTIONS', headers: { origin } };
      const seen: Record<string, string> = {};
      const response = {
        setHeader: (name: string, value: string) => {
          seen[name.toLowerCase()] = value;
        },
        getHeader: (name: string) => seen[name.toLowerCase()],
        end: () => {},
      };
      cors({ origin: [allowed], methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'], maxAge: 86_400 })(
        fake as unknown as Request,
        response as unknown as ExpressResponse,
        () => {},
      );
      return seen;
    };
    for (const origin of [allowed, 'https://evil.example.com']) {
      const ours = await gateway.fetch('/api/v1/me', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
      const expected = await theirs(origin);
      expect(ours.status).toBe(204);
      for (const name of [
        'access-control-allow-origin',
        'access-control-allow-methods',
        'access-control-max-age',
      ]) {
        expect([name, ours.headers.get(name)]).toEqual([name, expected[name] ?? null]);
      }
      const allowed = ours.headers.get('access-control-allow-headers')?.split(',');
      expect(allowed).toEqual(expect.arrayContaining(['Authorization', 'If-Range', 'Prefer', 'Range']));
    }
  });

  it('[HT5] keeps a well-formed request id and makes one otherwise', async () => {
    gateway = await startGateway({ operations: sampleOperations });
    const idFor = async (offered: string) =>
      (await gateway.fetch('/health', { headers: { 'x-request-id': offered } })).headers.get('x-request-id');
    expect(await idFor('trace-0190a1b2')).toBe('trace-0190a1b2');
    for (const offered of ['short', 'has spaces in it', 'x'.repeat(65), '{"json":"injection"}']) {
      expect(await idFor(offered)).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  const textOf = (size: number) => answering(() => ({ status: 200, body: { text: 'x'.repeat(size) } }));
  const encodingOf = async (size: number, encoding: string) => {
    gateway = await startGateway({ operations: [textOf(size)] });
    const headers = { ...staff, 'accept-encoding': encoding };
    const reply = await gateway.fetch('/api/v1/settings', { headers });
    expect((await objectOf(reply)).text).toBe('x'.repeat(size));
    return reply.headers.get('content-encoding');
  };

  it('[HT5] compresses replies above 1 KB only, and only for those who can read it', async () => {
    expect(await encodingOf(1_013, 'gzip')).toBeNull();
    await gateway.server.stop();
    expect(await encodingOf(1_014, 'gzip')).toBe('gzip');
    await gateway.server.stop();
    expect(await encodingOf(5_000, 'br')).toBe('br');
    await gateway.server.stop();
    expect(await encodingOf(5_000, 'identity')).toBeNull();
  });

  it('[HT5] a compressed reply varies by coding, keeps its other headers and unpacks to the reply', async () => {
    gateway = await startGateway({ operations: [textOf(2_000)] });
    const raw = await new Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }>(
      (resolve, reject) => {
        const headers = { ...staff, 'accept-encoding': 'gzip', origin: allowed };
        httpRequest(`${gateway.url}/api/v1/settings`, { headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
        })
          .on('error', reject)
          .end();
      },
    );
    expect(raw.body.length).toBeLessThan(200);
    expect(JSON.parse(gunzipSync(raw.body).toString())).toEqual({ text: 'x'.repeat(2_000) });
    expect(raw.headers.vary).toBe('Origin, Accept-Encoding');
    expect(raw.headers).toMatchObject({
      'access-control-allow-origin': allowed,
      'x-content-type-options': 'nosniff',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(raw.headers['content-length']).toBeUndefined();
  });
});
