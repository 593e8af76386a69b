import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { compose, type Proofdesk } from '../src/compose.ts';
import { parseConfig } from '../src/config.ts';
import { apiOf, signIn } from './support/server.ts';

/** Reads the body before the application may, and unpacks it, as the frame around cloud functions does. */
const readFirst = async (request: IncomingMessage): Promise<IncomingMessage & { rawBody: Buffer }> => {
  const body = await buffer(request);
  const rawBody = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  return Object.assign(request, { rawBody });
};

describe('the door for a cloud function', () => {
  let proofdesk: Proofdesk;
  let url: string;
  let folder: string;
  const server = createServer();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'proofdesk-function-'));
    proofdesk = await compose(parseConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }));
    const handle = proofdesk.serve();
    server.on('request', async (request, response) => handle(await readFirst(request), response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await proofdesk.stop();
    await rm(folder, { recursive: true });
  });

  it('[EN7] serves requests whose body was read already, also a packed one', async () => {
    const api = await signIn(url, 'customer@demo.local');
    expect((await api('GET', '/api/v1/me')).body).toMatchObject({ uid: 'customer' });
    const reply = await fetch(`${url}/api/v1/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ email: 'agent@demo.local', password: 'proofdesk-demo' })),
    });
    expect(reply.status).toBe(200);
  });

  it('[HT2] still says what is wrong with a body, and that an address is unknown', async () => {
    const reply = await fetch(`${url}/api/v1/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"email":',
    });
    expect(await reply.json()).toMatchObject({ code: 'malformed_json' });
    expect((await apiOf(url)('GET', '/api/v1/nothing')).status).toBe(404);
    expect((await apiOf(url)('GET', '/ready')).status).toBe(200);
  });

  it('[EN7] the built door loads without settings, as a deployment does, and has one function', async () => {
    const door = (await import(`${inject('build')}/index.js`)) as Record<string, unknown>;
    expect(Object.keys(door)).toEqual(['api']);
    expect(door.api).toBeTypeOf('function');
  });
});
