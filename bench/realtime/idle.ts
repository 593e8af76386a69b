import { setTimeout as pause } from 'node:timers/promises';
import { seat } from './cast.ts';
import type { Member } from './dialect.ts';
import type { Field, Subject } from './field.ts';

/** What one connection that does nothing holds, in bytes. */
export interface IdleSample {
  heap: number;
  resident: number;
}

export const idlerNames = ['raw', 'relay', 'proofdesk'] as const;
export type IdlerName = (typeof idlerNames)[number];
export type IdleSamples = Record<IdlerName, IdleSample>;

/** Needed before anything is measured, so that what a server needs once, it has. */
const first = 300;
/** So many that what the heap keeps in reserve, tens of megabytes more or less, does not decide. */
const measured = 1_500;
const roomSize = 10;
/** What was needed to connect, and only for that, is let go meanwhile. */
const settleMs = 1_500;

/** The difference that further connections make, when nothing was freed before that could be used again. */
const measureOne = async (field: Field, name: string, { server, dialect }: Subject): Promise<IdleSample> => {
  const { generators, cast } = field;
  const rooms = cast.takeRooms((first + measured) / roomSize);
  const members = seat(cast.people, rooms, roomSize);
  const open = async (crowd: string, some: readonly Member[]) => {
    await generators.open({ crowd, urlOf: () => server.url, dialect, members: some });
    await pause(settleMs);
    return server.usageWithoutGarbage();
  };
  const crowds = [`${name}, first`, `${name}, measured`] as const;
  const before = await open(crowds[0], members.slice(0, first));
  const after = await open(crowds[1], members.slice(first));
  for (const crowd of crowds) await generators.close(crowd);
  return {
    heap: (after.heapBytes - before.heapBytes) / measured,
    resident: (after.residentBytes - before.residentBytes) / measured,
  };
};

/** What idle connections cost, authenticated and joined where the server knows that; needs servers as they start. */
export const measureIdle = async (field: Field): Promise<IdleSamples> => ({
  raw: await measureOne(field, 'raw', field.raw),
  relay: await measureOne(field, 'relay', field.subjects.relay),
  proofdesk: await measureOne(field, 'proofdesk', field.subjects.proofdesk),
});
