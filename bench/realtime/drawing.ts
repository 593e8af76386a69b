import { setTimeout as pause } from 'node:timers/promises';
import type { Crowd } from './crowd.ts';
import { Latencies } from './latencies.ts';
import { sendEvenly } from './pace.ts';
import { demandText, firstAck } from './socket-io-dialect.ts';
import { strokes } from './strokes.ts';

export interface DrawingOptions {
  /** Of all clients together; 0: each sends its next stroke as soon as the last is acknowledged. */
  perSecond: number;
  windowMs: number;
}

/** What came of strokes that were drawn for a while. */
export interface Drawn {
  drawn: number;
  /** From when each was due until its ack. */
  latencies: Uint32Array;
}

const ackText = /^43(\d+)\[/;
const answerWithinMs = 5_000;

/** Sends strokes and waits for their acks. */
class Draughtsman {
  readonly #client: Crowd['clients'][number];
  readonly #note: (ms: number) => void;
  readonly #pending = new Map<number, { due: number; done(): void }>();
  #nextAck = firstAck;

  constructor(client: Crowd['clients'][number], note: (ms: number) => void) {
    this.#client = client;
    this.#note = note;
  }

  get waits(): boolean {
    return this.#pending.size > 0;
  }

  listen(): () => void {
    this.#client.socket.on('message', this.#receive);
    return () => this.#client.socket.off('message', this.#receive);
  }

  draw(due: number, done: () => void): void {
    const { userId, room } = this.#client.member;
    const number = this.#client.strokes;
    this.#client.strokes += 1;
    const ack = this.#nextAck;
    this.#nextAck += 1;
    this.#pending.set(ack, { due, done });
    const opId = `${Date.now().toString(36)}-${number.toString(36)}-${userId}`;
    const data = strokes[number % strokes.length];
    const payload = { sessionId: room, opId, type: 'pen', data };
    this.#client.socket.send(demandText(ack, 'annotation:add', payload));
  }

  readonly #receive = (message: Buffer): void => {
    const text = message.toString();
    const number = Number(ackText.exec(text)?.[1]);
    const pending = this.#pending.get(number);
    if (pending === undefined) return;
    if (!text.includes('"ok":true')) throw new Error(`A stroke was refused: ${text}`);
    this.#pending.delete(number);
    this.#note(performance.now() - pending.due);
    pending.done();
  };
}

const drawInTurn = async (draughtsmen: readonly Draughtsman[], windowMs: number): Promise<void> => {
  const deadline = performance.now() + windowMs;
  const drawOn = (draughtsman: Draughtsman): void => {
    if (performance.now() < deadline) draughtsman.draw(performance.now(), () => drawOn(draughtsman));
  };
  draughtsmen.forEach(drawOn);
  await pause(windowMs);
};

const allAnswered = async (draughtsmen: readonly Draughtsman[]): Promise<void> => {
  const deadline = performance.now() + answerWithinMs;
  while (draughtsmen.some(({ waits }) => waits)) {
    if (performance.now() > deadline) throw new Error('Strokes were not answered.');
    await pause(5);
  }
};

/** Everybody in the crowd draws for a while. */
export const draw = async (crowd: Crowd, { perSecond, windowMs }: DrawingOptions): Promise<Drawn> => {
  const latencies = new Latencies();
  const draughtsmen = crowd.clients.map((client) => new Draughtsman(client, (ms) => latencies.note(ms)));
  const stops = draughtsmen.map((draughtsman) => draughtsman.listen());
  if (perSecond === 0) await drawInTurn(draughtsmen, windowMs);
  else {
    const pace = { senders: draughtsmen.length, perSecond, windowMs };
    await sendEvenly(pace, (sender, due) => draughtsmen[sender]?.draw(due, () => undefined));
  }
  await allAnswered(draughtsmen);
  for (const stop of stops) stop();
  return { drawn: latencies.count, latencies: latencies.counts };
};
