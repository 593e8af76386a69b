import { setTimeout as pause } from 'node:timers/promises';
import { seat } from './cast.ts';
import type { Field, Subject } from './field.ts';

/** What one connection that does nothing holds, in bytes. */
export interface IdleSample {
  heap: number;
  resident: number;
}

export const idlerNames = ['raw', 'relay', 'proofdesk'] as const;
export type IdlerName = (typeof idlerNames)[number];
export type IdleSamples = Record<IdlerName, IdleSample>;

const connections = 500;
const roomSize = 10;
/** What was needed to connect, and only for that, is let go meanwhile. */
const settleMs = 1_500;

/**
 * The difference that the second half of the connections makes: what a server needs once, however many there are,
 * it has by then, and nothing was freed before that could be used again.
 */
const measureOne = async (field: Field, name: string, { server, dialect }: Subject): Promise<IdleSample> => {
  const { generators, cast } = field;
  const rooms = cast.takeRooms((2 * connections) / roomSize);
  const members = seat(cast.people, rooms, roomSize);
  const open = async (crowd: string, from: number) => {
    const some = members.slice(from, from + connections);
    await generators.open({ crowd, url: server.url, dialect, members: some });
    await pause(settleMs);
    return server.usageWithoutGarbage();
  };
  const before = await open(`${name}, first half`, 0);
  const after = await open(`${name}, second half`, connections);
  for (const half of ['first', 'second']) await generators.close(`${name}, ${half} half`);
  return {
    heap: (after.heapBytes - before.heapBytes) / connections,
    resident: (after.residentBytes - before.residentBytes) / connections,
  };
};

/** What idle connections cost, authenticated and joined where the server knows that; needs servers as they start. */
export const measureIdle = async (field: Field): Promise<IdleSamples> => ({
  raw: await measureOne(field, 'raw', field.raw),
  relay: await measureOne(field, 'relay', field.subjects.relay),
  proofdesk: await measureOne(field, 'proofdesk', field.subjects.proofdesk),
});
