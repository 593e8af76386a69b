import { AppError } from '../../errors/app-error.ts';
import type { SqlValue } from '../sql/record-codec.ts';
import { type Check, recordKey, type UnitContent, type Write } from './write.ts';

export interface LogHead {
  epoch: SqlValue;
  seq: number;
}

/** What a unit meets: nothing, something that changed after it was read, or an id that is taken. */
export type Verdict = { conflict?: Check; error?: AppError };

/**
 * The part of the database that the units of one commit look at, held by locks, with the writes of the units
 * before: whether each of them may be committed is decided here, without asking again.
 */
export class BatchState {
  /** By record key; 0 for what is not there. Absent: nobody asked. */
  readonly versions = new Map<string, number>();
  /** By session; undefined for a session that is not there. Absent: nobody asked. */
  readonly heads = new Map<string, LogHead | undefined>();
  readonly #epochPlace: number;

  constructor(epochPlace: number) {
    this.#epochPlace = epochPlace;
  }

  /** Decides on a unit; when nothing stands against it, its writes hold for the units behind it. */
  admit(unit: UnitContent): Verdict {
    const conflict = unit.checks.find((check) => !this.#holds(check));
    if (conflict !== undefined) return { conflict };
    if (!this.#idsAreFree(unit.writes)) {
      return {
        error: new AppError('already_exists', 'A record with this id exists already; use another id.'),
      };
    }
    for (const write of unit.writes) this.#remember(write);
    for (const [sessionId, count] of unit.appended) {
      const head = this.heads.get(sessionId);
      if (head !== undefined) this.heads.set(sessionId, { ...head, seq: head.seq + count });
    }
    return {};
  }

  #holds(check: Check): boolean {
    if (check.kind === 'record') return (this.versions.get(check.key) ?? 0) === check.version;
    const head = this.heads.get(check.sessionId);
    if (check.epoch === undefined) return (head?.seq ?? 0) === check.seq;
    return head !== undefined && head.epoch === check.epoch && head.seq === check.seq;
  }

  /** An id that nobody asked about counts as free; the database has the last word on it. */
  #idsAreFree(writes: readonly Write[]): boolean {
    const made = new Map<string, boolean>();
    for (const { kind, collection, id } of writes) {
      const key = recordKey(collection, id);
      const exists = made.get(key) ?? (this.versions.get(key) ?? 0) > 0;
      if (kind === 'create' && exists) return false;
      made.set(key, kind !== 'delete');
    }
    return true;
  }

  #remember({ kind, collection, id, values }: Write): void {
    const version = kind === 'delete' ? 0 : Number(values.at(-1));
    this.versions.set(recordKey(collection, id), version);
    if (collection !== 'supportSessions' || !this.heads.has(id)) return;
    const seq = this.heads.get(id)?.seq ?? 0;
    this.heads.set(id, kind === 'delete' ? undefined : { epoch: values[this.#epochPlace] ?? null, seq });
  }
}
