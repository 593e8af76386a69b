import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RealtimeHarness, record, settled, startRealtime } from '../../testing/realtime-harness.ts';

/** As many characters as make frames with a length of 7 bits, of 16 and of 64. */
const lengths = [10, 1_000, 70_000];

describe('what is told to many sockets', () => {
  let desk: RealtimeHarness;
  beforeEach(async () => {
    desk = await startRealtime();
  });
  afterEach(() => desk.close());

  const tell = (status: string) =>
    desk.live.publish(
      { sessionId: 's1', roles: ['agent'] },
      { event: 'session:updated', payload: { sessionId: 's1', status } },
    );

  const joined = async (token: string, transport: string) => {
    const socket = await desk.connect(token, { transports: [transport] });
    await socket.emitWithAck('session:join', { sessionId: 's1' });
    return { socket, heard: record(socket, 'session:updated') };
  };

  it('[RT1] frames of every length arrive whole, by WebSocket and by polling, once for each socket', async () => {
    const readers = [await joined('agent-ben', 'websocket'), await joined('customer-anna', 'polling')];
    const texts = lengths.map((length) => `${'ü'.repeat(length)} ${length}`);
    for (const text of texts) tell(text);
    for (const { socket, heard } of readers) {
      await settled(socket);
      expect(heard.map(([, payload]) => (payload as { status: string }).status)).toEqual(texts);
    }
  });

  it('[RT4] nothing overtakes what was said to one socket before', async () => {
    const { socket } = await joined('agent-ben', 'websocket');
    const order: string[] = [];
    for (const event of ['typing:start', 'typing:stop']) socket.on(event, () => order.push(event));
    const changes = Array.from({ length: 20 }, (_, index) => (index % 2 ? 'typing:stop' : 'typing:start'));
    // All of them come to the server at once; each is told to the room and then answered.
    const answers = changes.map(
      (event) =>
        new Promise<void>((resolve) => {
          socket.emit(event, {}, () => {
            order.push('answer');
            resolve();
          });
        }),
    );
    await Promise.all(answers);
    expect(order).toEqual(changes.flatMap((event) => [event, 'answer']));
  });

  it('[RT4] what is gathered for one write overtakes nothing, and nothing overtakes it', async () => {
    const { socket } = await joined('agent-ben', 'websocket');
    const order: string[] = [];
    socket.onAny((event: string) => order.push(event));
    const data = { points: [[0.1, 0.2]] };
    const answers = Array.from({ length: 20 }, async () => {
      socket.emit('typing:start', {});
      await socket.emitWithAck('annotation:add', { type: 'pen', data });
      order.push('answer');
    });
    await Promise.all(answers);
    await settled(socket);
    const drawn = order.filter((event) => event !== 'typing:start' && event !== 'typing:stop');
    expect(drawn.filter((event) => event === 'annotation:added')).toHaveLength(20);
    for (const [index] of drawn.entries()) {
      const until = drawn.slice(0, index + 1);
      const [told, answered] = ['annotation:added', 'answer'].map(
        (name) => until.filter((e) => e === name).length,
      );
      expect(told).toBeGreaterThanOrEqual(answered ?? 0);
    }
  });
});
