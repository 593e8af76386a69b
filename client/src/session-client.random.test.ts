import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManualSurroundings, settled } from '../test/support/manual-surroundings.ts';
import { fold, sessionId } from '../test/support/model-log.ts';
import { ModelServer, refused } from '../test/support/model-server.ts';
import { type Asked, asked } from '../test/support/random-operations.ts';
import { createSessionClient } from './create-session-client.ts';
import type { Operation } from './operation.ts';
import type { SessionClient } from './session-client.ts';

const seed = Number(process.env.FC_SEED ?? 20260131);

/** What happens next between client, network and server. */
type Step =
  | { does: 'ask' | 'others'; said: Asked }
  | { does: 'up' | 'down'; times: number }
  | { does: 'pass'; milliseconds: number }
  | { does: 'refuse'; times: number }
  | { does: 'break' | 'miss' | 'double' | 'head' | 'restart' };

const plain = (...names: ('break' | 'miss' | 'double' | 'head' | 'restart')[]) =>
  fc.record({ does: fc.constantFrom(...names) });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constantFrom('ask' as const, 'others' as const), said: asked }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constantFrom('up' as const, 'down' as const),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('pass' as const), milliseconds: fc.nat(3_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('refuse' as const), times: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 1, arbitrary: plain('break', 'miss', 'double', 'head', 'restart') },
);

/** One client on a network that carries what it is told to, and loses the rest. */
class Scene {
  readonly server = new ModelServer();
  readonly surroundings = createManualSurroundings();
  readonly client: SessionClient;
  readonly refusedFor = new Set<string>();
  readonly askedFor: { opId: string; said: Asked }[] = [];
  #refusals = 0;
  #others = 0;

  constructor() {
    const { server, surroundings } = this;
    server.flows = false;
    server.decide = (event) => {
      if (!event.includes(':') || event === 'session:join' || this.#refusals === 0) return undefined;
      this.#refusals -= 1;
      return refused('unavailable', true, 500);
    };
    this.client = createSessionClient({
      url: '',
      sessionId,
      token: 'anna',
      surroundings,
      connect: server.connect,
    });
    this.client.on('refused', ({ operation }) => this.refusedFor.add(operation.opId));
  }

  async take(step: Step): Promise<void> {
    const link = this.server.links.findLast(({ open }) => open);
    switch (step.does) {
      case 'ask':
        this.#ask(step.said);
        break;
      case 'others':
        this.#others += 1;
        this.server.append({ ...step.said, opId: `ben-${this.#others}`, askedAt: 0 } as Operation);
        break;
      case 'up':
      case 'down':
        for (let times = 0; times < step.times; times += 1) link?.carry(step.does);
        break;
      case 'pass':
        await this.surroundings.advance(step.milliseconds);
        break;
      case 'refuse':
        this.#refusals = step.times;
        break;
      default:
        this.#upset(step.does);
    }
    await settled();
  }

  /** The network works again; heads are told as the server tells them every few seconds. */
  async calm(): Promise<void> {
    this.server.flows = true;
    this.#refusals = 0;
    for (let round = 0; round < 6; round += 1) {
      await this.surroundings.advance(16_000);
      this.server.say('session:head', { sessionId, epoch: this.server.epoch, seq: this.server.log.length });
      await settled();
    }
  }

  #ask(said: Asked): void {
    const { opId } = this.client.perform(said.name, said.payload);
    this.askedFor.push({ opId, said });
  }

  #upset(does: 'break' | 'miss' | 'double' | 'head' | 'restart'): void {
    const { server } = this;
    const link = server.links.findLast(({ open }) => open);
    if (link === undefined) return;
    if (does === 'break' || does === 'restart') link.break();
    if (does === 'miss') link.down.pop();
    const last = server.log.at(-1);
    if (does === 'double' && last !== undefined && link.joined) link.emit(last.event, last.payload);
    if (does === 'head')
      link.emit('session:head', { sessionId, epoch: server.epoch, seq: server.log.length });
    if (does === 'restart') for (const one of server.links) one.joined = false;
  }
}

describe('a client over a bad network', () => {
  it('[RT3] [RT4] ends equal to the log, with every operation done once and in order, or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 120 }), async (steps) => {
        const scene = new Scene();
        const { client, server } = scene;
        await client.start();
        await settled();
        for (const one of steps) await scene.take(one);
        await scene.calm();
        const { annotations, messages, pending, position } = client.view;
        expect(pending).toEqual([]);
        expect(position).toEqual({ epoch: server.epoch, seq: server.log.length });
        expect({ annotations, said: messages.map(({ body }) => body) }).toEqual(fold(server.log));
        const done = server.log.flatMap(({ payload }) => (payload.by === 'anna' ? [payload.opId] : []));
        const wanted = scene.askedFor.map(({ opId }) => opId);
        expect(done).toEqual(wanted.filter((opId) => !scene.refusedFor.has(opId)));
        client.close();
        expect(scene.surroundings.waiting()).toBe(0);
      }),
      { seed, numRuns: 150 },
    );
  }, 60_000);
});
