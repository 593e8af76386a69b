import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Proof, proofListSchema, proofSchema } from '../src/protocol/proofs.ts';
import { jpegOf, onePage, pngOf } from '../src/testing/sample-artwork.ts';
import { type Desk, openDesk } from './support/desk.ts';
import { bodyOf } from './support/server.ts';

const limitBytes = 2_000_000;
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

describe('artwork', () => {
  let desk: Desk;
  let sessionId: string;
  beforeAll(async () => {
    desk = await openDesk({ PROOF_MAX_BYTES: `${limitBytes}b` });
    sessionId = (await desk.plantSession('active')).id;
  });
  afterAll(() => desk.close());

  const folder = (name: string): string => join(desk.server.dataDir, 'proofs', name);
  const addressOf = (name: string): string =>
    `${desk.server.url}/api/v1/sessions/${sessionId}/proofs?name=${encodeURIComponent(name)}`;
  const authorization = (): string => `Bearer ${desk.tokenOf('customer')}`;

  const upload = async (
    file: Buffer,
    name = 'label',
    headers: Record<string, string> = {},
  ): Promise<Proof> => {
    const body = Uint8Array.from(file);
    const reply = await fetch(addressOf(name), {
      method: 'POST',
      headers: { authorization: authorization(), ...headers },
      body,
    });
    expect(reply.status).toBe(201);
    return proofSchema.parse(await reply.json());
  };

  const download = (id: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    fetch(`${desk.server.url}/api/v1/proofs/${id}`, {
      method,
      headers: { authorization: authorization(), ...headers },
    });

  it('[EN2] the demo session has a label in two versions, the first rejected', async () => {
    const reply = await desk.apiAs('customer')('GET', '/api/v1/sessions/session-123/proofs');
    const [second, first, ...others] = bodyOf(reply, proofListSchema).items;
    expect(others).toEqual([]);
    expect(first).toMatchObject({ version: 1, format: 'pdf', status: 'rejected', pageCount: 1 });
    expect(second).toMatchObject({ version: 2, replaces: first?.id, status: 'open' });
    const millimetres = (value: number) => Math.round((value / 72) * 25.4);
    const [page] = second?.pages ?? [];
    expect([page?.width, page?.height].map((side) => millimetres(side ?? 0))).toEqual([106, 76]);
    expect(page?.boxes?.trim?.map(millimetres)).toEqual([3, 3, 103, 73]);
    const file = await download(second?.id ?? '');
    expect(await file.text()).toMatch(/^%PDF-1\.4\n(?:.|\n)*%%EOF\n$/);
  });

  it.each([
    ['label.png', pngOf(30, 20), 'image/png', 'png', 1],
    ['photo.jpeg', jpegOf(30, 20, { orientation: 6 }), 'image/jpeg', 'jpeg', 1],
    ['flyer.pdf', onePage('/MediaBox [0 0 9 9]'), 'application/pdf', 'pdf', 1],
    ['scan.tif', Buffer.from('II*\0 rest'), 'image/tiff', 'tiff', 0],
    ['layers.psd', Buffer.from('8BPS\0\x01'), 'image/vnd.adobe.photoshop', 'psd', 0],
    ['logo.svg', svg, 'image/svg+xml', 'svg', 0],
    ['Füße “final”.png', pngOf(1, 1), 'image/png', 'png', 1],
  ])(
    '[PR4] %s goes up and comes down again, harmless to whoever opens it',
    async (name, file, type, format, pages) => {
      const proof = await upload(file, name, { 'content-type': 'text/html' });
      expect(proof).toMatchObject({ name, format, size: file.length, pageCount: pages, version: 1 });
      const reply = await download(proof.id);
      expect(reply.status).toBe(200);
      expect(Buffer.from(await reply.arrayBuffer()).equals(file)).toBe(true);
      const header = (wanted: string) => reply.headers.get(wanted);
      expect(header('content-type')).toBe(type);
      expect(header('content-length')).toBe(String(file.length));
      expect(header('x-content-type-options')).toBe('nosniff');
      expect(header('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
      expect(header('cache-control')).toBe('private, no-cache');
      expect(header('etag')).toBe(`"${proof.sha256}"`);
      expect(header('accept-ranges')).toBe('bytes');
      expect(header('content-disposition')).toMatch(/^attachment; filename/);
      expect(header('content-encoding')).toBeNull();
    },
  );

  it.each([
    '../../etc/passwd',
    '..\\..\\boot.ini',
    '/etc/passwd',
    'a/b/c.png',
    '.',
    '..',
    'con',
    '%2e%2e%2f',
    "'; --",
  ])('[PR1] the name %j is a text and no path', async (name) => {
    const { id, ...proof } = await upload(pngOf(3, 3), name);
    expect(proof.name).toBe(name);
    expect(await readdir(folder('files'))).toContain(id);
    expect(await readdir(desk.server.dataDir)).not.toContain('passwd');
    const disposition = (await download(id)).headers.get('content-disposition') ?? '';
    expect(disposition).not.toMatch(/filename="?[^";]*[/\\]/);
  });

  it.each(['', ' ', 'a\nb', 'a\0b', '\u202Egnp.exe', 'x'.repeat(201)])(
    '[PR1] the name %j is refused before anything is stored',
    async (name) => {
      const reply = await fetch(addressOf(name), {
        method: 'POST',
        headers: { authorization: authorization() },
        body: Uint8Array.from(pngOf(3, 3)),
      });
      expect(reply.status).toBe(422);
      const { errors } = (await reply.json()) as { errors: { path: string }[] };
      expect(errors.map(({ path }) => path)).toEqual(['name']);
    },
  );

  it('[PR4] a part is sent to who asks for one, and nothing to who has the file', async () => {
    const file = Buffer.concat([pngOf(30, 20), Buffer.from('0123456789')]);
    const { id, sha256 } = await upload(file);
    const part = await download(id, { range: 'bytes=33-36' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 33-36/${file.length}`);
    expect(part.headers.get('content-length')).toBe('4');
    expect(await part.text()).toBe('0123');
    expect(await (await download(id, { range: 'bytes=-2' })).text()).toBe('89');
    const beyond = await download(id, { range: `bytes=${file.length}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${file.length}`]);
    const asked = await download(id, { range: 'bytes=33-36' }, 'HEAD');
    expect([asked.status, asked.headers.get('content-length')]).toEqual([200, String(file.length)]);
    const etag = `"${sha256}"`;
    expect((await download(id, { 'if-none-match': etag })).status).toBe(304);
    expect((await download(id, { range: 'bytes=0-1', 'if-range': etag })).status).toBe(206);
    expect((await download(id, { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
    const head = await download(id, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(file.length)]);
    expect(await head.text()).toBe('');
  });

  /** Sends what is given, chunk by chunk, and gives the reply's status. */
  const send = async (chunks: Iterable<Buffer>, headers: Record<string, string | number> = {}) => {
    const outgoing = request(addressOf('large.psd'), {
      method: 'POST',
      agent: false,
      headers: { authorization: authorization(), ...headers },
    });
    const answered = once(outgoing, 'response');
    outgoing.on('error', () => undefined);
    let sent = 0;
    let isAnswered = false;
    void answered.then(() => {
      isAnswered = true;
    });
    for (const chunk of chunks) {
      if (isAnswered) break;
      sent += chunk.length;
      if (!outgoing.write(chunk)) await Promise.race([once(outgoing, 'drain'), answered]);
    }
    outgoing.end();
    const [reply] = await answered;
    reply.resume();
    await once(reply, 'end');
    outgoing.destroy();
    return { status: reply.statusCode, sent };
  };

  function* endless(): Generator<Buffer> {
    yield Buffer.from('8BPS\0\x01');
    for (;;) yield Buffer.alloc(64 * 1024);
  }

  it('[PR2] a file beyond the limit is refused while it comes, without being kept anywhere', async () => {
    const before = await readdir(folder('files'));
    const { status, sent } = await send(endless());
    expect(status).toBe(413);
    expect(sent).toBeLessThan(60_000_000);
    const announced = await send([Buffer.from('8BPS')], { 'content-length': limitBytes + 1 });
    expect(announced.status).toBe(413);
    expect(await readdir(folder('files'))).toEqual(before);
    expect(await readdir(folder('incoming'))).toEqual([]);
  });

  it.each([
    [{ 'content-type': 'multipart/form-data; boundary=x' }, pngOf(2, 2)],
    [{ 'content-encoding': 'gzip' }, pngOf(2, 2)],
    [{}, Buffer.from('<html>')],
  ])('[PR2] what is sent as %j and is no artwork is 415', async (headers, file) => {
    expect((await send([file], headers)).status).toBe(415);
  });

  it('[PR2] a sender who goes away in the middle leaves nothing', async () => {
    const before = await readdir(folder('files'));
    const { port } = new URL(desk.server.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `POST /api/v1/sessions/${sessionId}/proofs?name=x HTTP/1.1\r\nHost: a\r\nAuthorization: ${authorization()}\r\n` +
        'Content-Length: 1000000\r\n\r\n',
    );
    socket.write(Buffer.alloc(200_000));
    while ((await readdir(folder('incoming'))).length === 0) await nextTurn();
    socket.destroy();
    while ((await readdir(folder('incoming'))).length > 0) await nextTurn();
    expect(await readdir(folder('files'))).toEqual(before);
  });
});
