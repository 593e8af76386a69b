import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Gatherer, type Receiver, send, written } from './frames.ts';

it('[RT2] what is told to a connection in one turn leaves in one write, in order', async () => {
  const writes: string[][] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      writes.push([String(chunk.subarray(2))]);
      done();
    },
    writev: (chunks, done) => {
      writes.push(chunks.map(({ chunk }) => String(chunk.subarray(2))));
      done();
    },
  });
  const sendFrame = (frame: readonly Buffer[]) => frame.forEach((part) => void stream.write(part));
  const transport = { name: 'websocket', socket: { _socket: stream, _sender: { sendFrame } } };
  const receiver: Receiver = { conn: { readyState: 'open', writeBuffer: [], write: () => {}, transport } };
  const gatherer = new Gatherer();
  const tell = (text: string) => send(receiver, written(text));

  tell('at once');
  gatherer.hold(receiver);
  tell('first');
  gatherer.hold(receiver);
  tell('second');
  void Promise.resolve().then(() => tell('ack'));
  expect(writes).toEqual([['4at once']]);
  await setImmediate();
  expect(writes).toEqual([['4at once'], ['4first', '4second', '4ack']]);
  tell('later');
  expect(writes.at(-1)).toEqual(['4later']);
});
