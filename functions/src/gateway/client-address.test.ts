import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { remoteAddressOf } from './client-address.ts';

/** What Express and the function say of one request. */
const ask = async (trustedProxies: number, forwarded: string | undefined) => {
  let own: string | undefined;
  const app = express();
  app.set('trust proxy', trustedProxies);
  app.use((request, response) => {
    own = remoteAddressOf(request as IncomingMessage, trustedProxies);
    response.end(request.ip);
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const reply = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { headers });
  const theirs = await reply.text();
  server.closeAllConnections();
  server.close();
  return { own, theirs };
};

describe('the address of a caller', () => {
  it('[HT4] is what Express finds, however many proxies are trusted', async () => {
    for (const trusted of [0, 1, 2, 3]) {
      for (const forwarded of [undefined, '203.0.113.7', '198.51.100.1, 203.0.113.7', ' 1.2.3.4 ,5.6.7.8']) {
        const { own, theirs } = await ask(trusted, forwarded);
        expect(own).toBe(theirs);
      }
    }
  });
});
