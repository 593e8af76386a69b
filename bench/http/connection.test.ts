import { createServer } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Connection } from './connection.ts';
import { requestText } from './request.ts';

const opened: Server[] = [];

const listen = async (server: Server): Promise<string> => {
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

test('replies of known length and chunked ones come whole, one after another on one connection', async () => {
  const url = await listen(
    createServer((request, response) => {
      const length = Number(request.url?.slice(1));
      if (length % 2 === 0) response.setHeader('Content-Length', length);
      for (let sent = 0; sent < length; sent += 5_000)
        response.write('x'.repeat(Math.min(5_000, length - sent)));
      response.end();
    }),
  );
  const connection = await Connection.open(url);
  for (const length of [20_000, 20_001, 2, 3]) {
    const { status, body } = await connection.exchange(requestText({ method: 'GET', path: `/${length}` }));
    expect(status).toBe(200);
    expect(body.replaceAll(/[^x]/g, '')).toHaveLength(length);
  }
  connection.close();
});

test('a JSON body is sent with its length in bytes', async () => {
  const url = await listen(
    createServer((request, response) => {
      request.setEncoding('utf8').once('data', (text: string) => response.end(JSON.parse(text).issue));
    }),
  );
  const connection = await Connection.open(url);
  const request = requestText({ method: 'POST', path: '/', body: { issue: 'Größe' } });
  const { body } = await connection.exchange(request);
  expect(Buffer.from(body, 'latin1').toString('utf8')).toBe('Größe');
  connection.close();
});

test('a connection that the server closes fails the request that waits, and those after it', async () => {
  const url = await listen(createRawServer((socket) => socket.once('data', () => socket.destroy())));
  const connection = await Connection.open(url);
  const request = requestText({ method: 'GET', path: '/' });
  await expect(connection.exchange(request)).rejects.toThrow();
  await expect(connection.exchange(request)).rejects.toThrow();
});
