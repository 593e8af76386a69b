import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test as it, onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { Crowd } from './crowd.ts';
import { Latencies } from './latencies.ts';
import { rawDialect } from './raw-dialect.ts';

/** A relay whose answers to one message the test decides. */
const openRelay = async (relay: (message: string, others: WebSocket[], sender: WebSocket) => void) => {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (sender) => {
    sender.on('message', (data) => {
      const others = [...sockets.clients].filter((socket) => socket !== sender);
      relay(data.toString(), others, sender);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const openCrowd = async (url: string, size: number): Promise<Crowd> => {
  const crowd = new Crowd(rawDialect);
  await crowd.open(
    Array.from({ length: size }, () => ({ userId: randomUUID(), token: '', room: 'one', url })),
  );
  onTestFinished(() => crowd.close());
  return crowd;
};

/** How often each move was counted. */
const countedOften = async (crowd: Crowd): Promise<number> => {
  const { moves, latencies } = await crowd.move(10, 500);
  expect(moves).toBeGreaterThan(10);
  return new Latencies(latencies).count / moves;
};

it('each move counts once for each other client that it reaches', async () => {
  const url = await openRelay((message, others) => {
    for (const other of others) other.send(message);
  });
  expect(await countedOften(await openCrowd(url, 4))).toBe(3);
});

it('neither an echo nor a repetition counts', async () => {
  const url = await openRelay((message, others, sender) => {
    for (const socket of [sender, ...others, ...others]) socket.send(message);
  });
  expect(await countedOften(await openCrowd(url, 3))).toBe(2);
});
