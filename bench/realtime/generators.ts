import { type ChildProcess, fork } from 'node:child_process';
import type { Movement } from './crowd.ts';
import type { Member } from './dialect.ts';
import type { Drawn } from './drawing.ts';
import { Latencies } from './latencies.ts';
import type { Answer, DialectName, Order, OrderName, Orders, Results } from './orders.ts';

const entry = new URL('./generator.ts', import.meta.url);

/** Who connects where, under a name. */
export interface CrowdPlan {
  crowd: string;
  /** The server that a member connects to, by its place among the members. */
  urlOf(member: Member, place: number): string;
  dialect: DialectName;
  members: readonly Member[];
}

/** What came of moving and drawing at the same time. */
export interface Work {
  moves: number;
  /** Of each move at each other client. */
  cursors: Latencies;
  strokes: number;
  /** Of each acknowledged stroke. */
  acks: Latencies;
}

const start = (): ChildProcess => fork(entry, { execArgv: ['--import', 'tsx'], serialization: 'advanced' });

const ask = (child: ChildProcess, order: Order): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('A load generator ended.'));
    child.once('exit', ended);
    child.once('message', (answer: Answer) => {
      child.off('exit', ended);
      if ('error' in answer) reject(new Error(answer.error));
      else resolve(answer.result);
    });
    child.send(order);
  });

/** Processes that play clients together; each room is played by one of them. */
export class Generators {
  readonly #children: ChildProcess[];

  constructor(count: number) {
    this.#children = Array.from({ length: count }, start);
  }

  async open({ crowd, members, dialect, urlOf }: CrowdPlan): Promise<void> {
    const rooms = [...new Set(members.map(({ room }) => room))];
    const placeOf = new Map(rooms.map((room, index) => [room, index % this.#children.length]));
    const guests = members.map((member, index) => ({ ...member, url: urlOf(member, index) }));
    await this.#each(crowd, 'open', (place) => ({
      dialect,
      guests: guests.filter(({ room }) => placeOf.get(room) === place),
    }));
  }

  async move(crowd: string, order: Orders['move']): Promise<{ moves: number; latencies: Latencies }> {
    const results = await this.#each(crowd, 'move', () => order);
    return {
      moves: results.reduce((sum, { moves }: Movement) => sum + moves, 0),
      latencies: joined(results),
    };
  }

  /** `perSecond` is of all clients together; 0: as fast as acks come. */
  async draw(crowd: string, order: Orders['draw']): Promise<Latencies> {
    const perSecond = order.perSecond / this.#children.length;
    return joined(await this.#each(crowd, 'draw', () => ({ ...order, perSecond })));
  }

  /** Moves and strokes at the same time. */
  async work(crowd: string, order: Orders['work']): Promise<Work> {
    const strokesPerSecond = order.strokesPerSecond / this.#children.length;
    const results = await this.#each(crowd, 'work', () => ({ ...order, strokesPerSecond }));
    const movements = results.map(({ movement }) => movement);
    const drawings = results.map(({ drawn }) => drawn);
    return {
      moves: movements.reduce((sum, { moves }) => sum + moves, 0),
      cursors: joined(movements),
      strokes: drawings.reduce((sum, { drawn }) => sum + drawn, 0),
      acks: joined(drawings),
    };
  }

  async close(crowd: string): Promise<void> {
    await this.#each(crowd, 'close', () => ({}));
  }

  stop(): void {
    for (const child of this.#children) if (child.connected) child.disconnect();
  }

  #each<Name extends OrderName>(
    crowd: string,
    name: Name,
    order: (place: number) => Orders[Name],
  ): Promise<Results[Name][]> {
    return Promise.all(
      this.#children.map((child, place) => ask(child, { name, crowd, order: order(place) } as Order)),
    ) as Promise<Results[Name][]>;
  }
}

const joined = (results: readonly (Movement | Drawn)[]): Latencies => {
  const all = new Latencies();
  for (const { latencies } of results) all.add(new Latencies(latencies));
  return all;
};
