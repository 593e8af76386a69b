import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProofdeskProcess, startProofdesk } from '../http/proofdesk-process.ts';
import { createCast, newSigningKey, seat } from '../realtime/cast.ts';
import type { CursorLoad } from '../realtime/cursors.ts';
import { Generators } from '../realtime/generators.ts';

/** Half a thousand clients in rooms of 10 make 45,000 deliveries a second. */
export const load = { clients: 500, roomSize: 10, movesPerSecond: 10 } as const satisfies CursorLoad;

/**
 * `one` and `control` are two equal desks. The members of each room of `two` are on both of its nodes; `hashed` is the
 * same desk with each room whole at one node.
 */
export const deskNames = ['one', 'control', 'two', 'hashed'] as const;
export type DeskName = (typeof deskNames)[number];

/** One shop, served by one process or by several. */
interface Desk {
  nodes: readonly ProofdeskProcess[];
  /** Of all its processes together. */
  processorMs(): Promise<number>;
}

export interface Desks {
  desks: Record<DeskName, Desk>;
  generators: Generators;
  stop(): Promise<void>;
}

export interface DesksOptions {
  /** Logs and data are kept here. */
  folder: string;
  redisUrl: string;
  /** Node options of every Proofdesk. */
  nodeOptions: readonly string[];
}

const generatorCount = 2;

const deskOf = (nodes: readonly ProofdeskProcess[]): Desk => ({
  nodes,
  processorMs: async () => {
    const usages = await Promise.all(nodes.map(({ usage }) => usage()));
    return usages.reduce((sum, { processorMs }) => sum + processorMs, 0);
  },
});

/** Lets as many people into as many rooms at every desk. */
const fill = async (name: DeskName, { nodes }: Desk, signingKey: string, generators: Generators) => {
  const apart = name === 'hashed' ? load.roomSize : 1;
  const [first] = nodes;
  if (first === undefined) throw new Error(`The desk "${name}" has no process.`);
  const rooms = load.clients / load.roomSize;
  const cast = createCast(first, signingKey, { people: load.clients, rooms });
  const members = seat(cast.people, cast.takeRooms(rooms), load.roomSize);
  const urlOf = (_: unknown, place: number) => nodes[Math.floor(place / apart) % nodes.length]?.url ?? '';
  await generators.open({ crowd: name, urlOf, dialect: 'proofdesk', members });
};

/** Starts the desks, each on data of its own, and everybody in the rooms. */
export const openDesks = async ({ folder, redisUrl, nodeOptions }: DesksOptions): Promise<Desks> => {
  const signingKey = newSigningKey();
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(stops.splice(0).map((end) => end()));
  };
  const start = async (desk: DeskName, name: string, redis?: string): Promise<ProofdeskProcess> => {
    const place = join(folder, desk);
    await mkdir(place, { recursive: true });
    const node = await startProofdesk({ folder: place, name, redisUrl: redis, nodeOptions, signingKey });
    stops.push(node.stop);
    return node;
  };
  try {
    const one = deskOf([await start('one', 'node')]);
    const control = deskOf([await start('control', 'node')]);
    const two = deskOf([await start('two', 'first', redisUrl), await start('two', 'second', redisUrl)]);
    const desks = { one, control, two, hashed: two };
    const generators = new Generators(generatorCount);
    stops.push(async () => generators.stop());
    for (const name of deskNames) await fill(name, desks[name], signingKey, generators);
    return { desks, generators, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
