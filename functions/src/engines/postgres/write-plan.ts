import { collections } from '../../ports/collections.ts';
import type { CollectionName } from '../../ports/records.ts';
import type { SqlValue } from '../sql/record-codec.ts';
import type { Parameter, RunStatement } from './connections.ts';
import type { Tables } from './tables.ts';
import { recordKey, type Write } from './write.ts';

const order = new Map((Object.keys(collections) as CollectionName[]).map((name, index) => [name, index]));

const sameColumns = (left: Write, right: Write): boolean => left.added.join() === right.added.join();

/** One write that does what `before` and `after` do, or undefined when it takes two. */
const merged = (before: Write, after: Write): Write | undefined => {
  if (after.kind === 'put' && before.kind !== 'delete' && before.kind !== 'increment') {
    return { ...after, kind: before.kind };
  }
  if (after.kind !== 'increment' || before.kind !== 'increment' || !sameColumns(before, after)) {
    return undefined;
  }
  const values = [...before.values];
  for (const place of after.added)
    values[place] = Number(values[place] ?? 0) + Number(after.values[place] ?? 0);
  values[values.length - 1] = after.values.at(-1) ?? null;
  return { ...before, values };
};

const columnsOf = (writes: readonly Write[]): Parameter[] => {
  const width = writes[0]?.values.length ?? 0;
  return Array.from({ length: width }, (_, place) =>
    writes.map(({ values }): SqlValue => values[place] ?? null),
  );
};

/** Somebody made one of the records meanwhile: what was decided rests on its absence. */
export class TakenMeanwhile extends Error {}

/**
 * The writes of many units as few statements: one for each collection and kind. Writes of one record keep their
 * order by standing in waves, unless one write can do what both do. Within a wave everything is in one order for
 * all nodes, so that they cannot wait for each other in a circle.
 */
export class WritePlan {
  readonly #waves: Map<string, Write>[] = [];
  readonly #waveOf = new Map<string, number>();

  get empty(): boolean {
    return this.#waves.length === 0;
  }

  add(write: Write): void {
    const key = recordKey(write.collection, write.id);
    const wave = this.#waveOf.get(key) ?? -1;
    const before = this.#waves[wave]?.get(key);
    const both = before === undefined ? undefined : merged(before, write);
    if (both !== undefined) this.#waves[wave]?.set(key, both);
    else this.#place(key, write, wave + 1);
  }

  #place(key: string, write: Write, wave: number): void {
    const place = this.#waves[wave] ?? new Map<string, Write>();
    place.set(key, write);
    this.#waves[wave] = place;
    this.#waveOf.set(key, wave);
  }

  /** The statements, to be sent in this order; each tells by throwing that it was in vain. */
  statements(tables: Tables): ((run: RunStatement) => Promise<void>)[] {
    return this.#waves.flatMap((wave) =>
      [...groupsOf([...wave.values()])].map((writes) => (run: RunStatement) => send(run, tables, writes)),
    );
  }
}

const compare = (left: Write, right: Write): number =>
  (order.get(left.collection) ?? 0) - (order.get(right.collection) ?? 0) ||
  (left.id < right.id ? -1 : Number(left.id > right.id));

const groupsOf = (writes: readonly Write[]): Iterable<Write[]> => {
  const groups = new Map<string, Write[]>();
  for (const write of [...writes].sort(compare)) {
    const name = `${write.collection} ${write.kind} ${write.added.join()}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [write]);
    else group.push(write);
  }
  return groups.values();
};

const send = async (run: RunStatement, tables: Tables, writes: readonly Write[]): Promise<void> => {
  const [first] = writes;
  if (first === undefined) return;
  const table = tables.of(first.collection);
  if (first.kind === 'increment') await run(table.increment(first.added), columnsOf(writes));
  else if (first.kind === 'put') await run(table.put, columnsOf(writes));
  else if (first.kind === 'delete') await run(table.delete, columnsOf(writes));
  else if ((await run(table.create, columnsOf(writes))).length < writes.length) throw new TakenMeanwhile();
};
