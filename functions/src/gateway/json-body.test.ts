import { Readable } from 'node:stream';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayHarness, objectOf, startGateway } from '../testing/gateway-harness.ts';
import { sampleOperations } from '../testing/sample-operations.ts';

describe('bodies', () => {
  let gateway: GatewayHarness;
  beforeAll(async () => {
    gateway = await startGateway({ operations: sampleOperations, jsonBodyLimitBytes: 20_000 });
  });
  afterAll(() => gateway.server.stop());

  const authorization = 'Bearer customer-anna';
  const send = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    gateway.fetch('/api/v1/sessions', {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body,
    });
  /** Without saying how long the body will be. */
  const sendParts = (parts: readonly Uint8Array[]) =>
    gateway.fetch('/api/v1/sessions', {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: Readable.toWeb(Readable.from(parts)),
      duplex: 'half',
    } as RequestInit);
  const outcome = async (reply: Response) => [reply.status, (await objectOf(reply)).code];

  it.each(['{', '{"issue": }', 'issue=1', '\u{feff}{}', '{"issue": "a"} x'])(
    '[HT3] %j is not JSON: 400',
    async (body) => {
      expect(await outcome(await send(body))).toEqual([400, 'malformed_json']);
    },
  );

  it('[HT3] bytes that are not UTF-8 are 400', async () => {
    const bytes = Buffer.concat([Buffer.from('{"issue": "'), Buffer.from([0xff, 0xc0]), Buffer.from('"}')]);
    expect(await outcome(await send(bytes))).toEqual([400, 'malformed_json']);
  });

  it('[FA] JSON that nests deeper than 200 levels is 400, brackets in texts do not count', async () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(await outcome(await send(nested(201)))).toEqual([400, 'malformed_json']);
    expect(await outcome(await send(nested(200)))).toEqual([422, 'validation_failed']);
    const issue = `${'[{"\\'.repeat(500)}"`;
    expect((await send(JSON.stringify({ issue }))).status).toBe(201);
  });

  it('[HT1] a key __proto__ is refused wherever it stands, as a text it is fine', async () => {
    const deep = '{"issue": "a", "data": [{"b": {"__proto__": []}}]}';
    expect(await outcome(await send(deep))).toEqual([422, 'validation_failed']);
    expect((await send('{"issue": "__proto__"}')).status).toBe(201);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1'])(
    '[HT3] %s is 415',
    async (contentType) => {
      expect(await outcome(await send('{}', { 'content-type': contentType }))).toEqual([
        415,
        'unsupported_media_type',
      ]);
    },
  );

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    '[HT3] %s is read',
    async (contentType) => {
      expect((await send('{"issue": "Größe"}', { 'content-type': contentType })).status).toBe(201);
    },
  );

  it('[HT3] a body over the limit is 413, announced or not', async () => {
    const large = JSON.stringify({ issue: 'x'.repeat(30_000) });
    expect(await outcome(await send(large))).toEqual([413, 'payload_too_large']);
    const reply = await sendParts(Array.from({ length: 30 }, () => Buffer.alloc(1_000, 0x20)));
    expect(await outcome(reply)).toEqual([413, 'payload_too_large']);
  });

  it('[HT3] reads a body that comes in several parts', async () => {
    const text = Buffer.from(JSON.stringify({ issue: 'Größe und Beschnitt' }));
    const reply = await sendParts([...text].map((byte) => Buffer.from([byte])));
    expect(await reply.json()).toMatchObject({ issue: 'Größe und Beschnitt' });
  });

  it('[HT3] unpacks compressed bodies, and counts what comes out of them', async () => {
    const body = JSON.stringify({ issue: 'Help' });
    expect((await send(gzipSync(body), { 'content-encoding': 'gzip' })).status).toBe(201);
    expect((await send(brotliCompressSync(body), { 'content-encoding': 'br' })).status).toBe(201);
    const bomb = gzipSync(Buffer.alloc(5_000_000, 0x20));
    expect(bomb.length).toBeLessThan(20_000);
    expect(await outcome(await send(bomb, { 'content-encoding': 'gzip' }))).toEqual([
      413,
      'payload_too_large',
    ]);
    expect(await outcome(await send('{}', { 'content-encoding': 'gzip' }))).toEqual([
      400,
      'malformed_request',
    ]);
    expect((await outcome(await send('{}', { 'content-encoding': 'zip' })))[0]).toBe(415);
  });

  it('[FA] whatever bytes or JSON are sent, the answer is the created record or a 4xx', async () => {
    const seed = Number(process.hrtime.bigint() % 2_147_483_647n);
    console.log(`bodies: seed ${seed}`);
    const bytes = fc.uint8Array({ maxLength: 400 }).map((values) => Buffer.from(values));
    const json = fc.json({ maxDepth: 5 }).map((text) => Buffer.from(text));
    const near = fc
      .record(
        {
          issue: fc.oneof(fc.string(), fc.anything({ maxDepth: 2 })),
          urgency: fc.oneof(fc.constantFrom('low', 'high'), fc.anything({ maxDepth: 1 })),
          tags: fc.array(fc.oneof(fc.string(), fc.integer())),
          customer: fc.oneof(fc.record({ name: fc.string(), age: fc.integer() }), fc.jsonValue()),
        },
        { requiredKeys: [] },
      )
      .map((value) =>
        Buffer.from(JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? 1 : inner))),
      );
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, json, near), async (body) => {
        const reply = await send(body);
        const text = await reply.text();
        expect([201, 400, 413, 415, 422]).toContain(reply.status);
        expect(text).not.toMatch(/\bat .+\.[jt]s:\d+/);
      }),
      { seed, numRuns: 300 },
    );
  }, 60_000);
});
