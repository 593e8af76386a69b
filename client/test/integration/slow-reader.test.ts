import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, it } from 'vitest';
import { makeFolder } from '../../../functions/src/testing/make-folder.ts';
import { tellsMemory } from '../../../functions/test/support/measured-memory.ts';
import { type ServerProcess, startServerProcess } from '../../../functions/test/support/processes.ts';
import { type LiveRooms, liveRoomSettings, openLiveRooms } from '../support/live-room.ts';

const clients = 50;
/** Each changes its own annotation again and again, so that the session itself does not grow. */
const writers = 10;
const writeEveryMs = 250;
const text = 'a mark on the artwork '.repeat(400);
const beforeMs = 20_000;
const pausedMs = 60_000;
const measureEveryMs = 2_000;
const mostGrowthBytes = 10_000_000;

interface Pausable {
  pause(): void;
  resume(): void;
}

/** The TCP connection under a socket: who pauses it takes no bytes any more, as a suspended laptop. */
const cableOf = (socket: Socket): Pausable =>
  (socket.io.engine.transport as unknown as { ws: { _socket: Pausable } }).ws._socket;

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});

const join = async (url: string, rooms: LiveRooms, index: number): Promise<Socket> => {
  const [sessionId] = rooms.sessionIds;
  const token = rooms.tokens[0]?.[index % 2 === 0 ? 'customer' : 'agent'];
  const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  sockets.push(socket);
  expect(await socket.emitWithAck('session:join', { sessionId })).toMatchObject({ ok: true });
  return socket;
};

const figuresIn = (server: ServerProcess): number[] =>
  [...server.output().matchAll(/^memory (\d+)$/gm)].map(([, figure]) => Number(figure));

/** Bytes that the server holds once nobody needs the rest. */
const measure = async (server: ServerProcess): Promise<number> => {
  const before = figuresIn(server).length;
  server.signal('SIGUSR2');
  await expect.poll(() => figuresIn(server).length, { timeout: 10_000 }).toBeGreaterThan(before);
  return figuresIn(server).at(-1) ?? 0;
};

const slowReaders = async ({ url }: ServerProcess): Promise<number> => {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^realtime_slow_readers (\d+)$/m.exec(metrics)?.[1]);
};

/** Looks again and again while time passes; gives the largest figures that were seen. */
const watch = async (server: ServerProcess, milliseconds: number) => {
  const seen = { bytes: 0, slow: 0 };
  for (const end = performance.now() + milliseconds; performance.now() < end; ) {
    seen.bytes = Math.max(seen.bytes, await measure(server));
    seen.slow = Math.max(seen.slow, await slowReaders(server));
    await new Promise((resolve) => setTimeout(resolve, measureEveryMs));
  }
  return seen;
};

/** Lets the writers write until the returned function is called; it gives how many changes were acknowledged. */
const load = async (writing: readonly Socket[]): Promise<() => number> => {
  let acknowledged = 0;
  const adding = writing.map((socket) =>
    socket.emitWithAck('annotation:add', { type: 'text', data: { text } }),
  );
  const ids = (await Promise.all(adding)).map(({ id }: { id: string }) => id);
  const change = async (socket: Socket, index: number): Promise<void> => {
    const patch = { data: { text, at: performance.now() } };
    const { ok } = await socket.emitWithAck('annotation:update', { id: ids[index], patch });
    if (ok) acknowledged += 1;
  };
  const timer = setInterval(
    () => writing.forEach((socket, index) => void change(socket, index)),
    writeEveryMs,
  );
  return () => {
    clearInterval(timer);
    return acknowledged;
  };
};

it('[RT11] [FA] a client that does not read for a minute among 50 costs the server less than 10 MB', async () => {
  const dataDir = await makeFolder();
  const server = await startServerProcess({ DATA_DIR: dataDir, ...liveRoomSettings }, tellsMemory);
  const rooms = await openLiveRooms({ url: server.url, place: { DATA_DIR: dataDir } }, 1);
  const joined = await Promise.all(
    Array.from({ length: clients }, (_one, index) => join(server.url, rooms, index)),
  );
  const end = await load(joined.slice(0, writers));
  const before = await watch(server, beforeMs);
  const paused = joined.at(-1);
  if (paused === undefined) throw new Error('nobody joined');
  const gone = new Promise((resolve) => paused.once('disconnect', resolve));
  const cable = cableOf(paused);
  cable.pause();
  const during = await watch(server, pausedMs);
  const acknowledged = end();
  cable.resume();
  await gone;
  const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
  console.log(
    `${acknowledged} changes to ${clients} clients; the server held ${megabytes(before.bytes)} MB, and ` +
      `${megabytes(during.bytes)} MB while one of them did not read`,
  );
  expect(before.slow).toBe(0);
  expect(during.slow).toBe(1);
  expect(acknowledged).toBeGreaterThan(1_000);
  expect(during.bytes - before.bytes).toBeLessThan(mostGrowthBytes);
  await rooms.close();
}, 200_000);
