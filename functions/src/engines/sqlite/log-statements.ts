import type { LogPosition } from '../../ports/session-log.ts';
import type { ReadCheck } from './commit-queue.ts';
import type { SqliteConnection, SqliteRow, SqliteStatement } from './driver.ts';
import type { Tables } from './tables.ts';

/** Partial indexes are used only by statements that repeat their conditions. */
const entriesOf = `"sessionLog" INDEXED BY "sessionLog_sessionId_by_seq"
  WHERE "sessionId" = ?1 AND "seq" IS NOT NULL`;
const headOf = `SELECT max("seq") FROM ${entriesOf}`;
const epochOf = `SELECT "epoch" FROM "supportSessions" WHERE "id" = ?1`;

/** A head that no log has, so that a check against another epoch, or no session, always fails. */
const noHead = -1;

/** The prepared statements of the session logs. */
export class LogStatements {
  readonly #head: SqliteStatement;
  readonly #headInEpoch: SqliteStatement;
  readonly #position: SqliteStatement;
  readonly #after: SqliteStatement;
  readonly #said: SqliteStatement;
  readonly #annotations: SqliteStatement;
  readonly #operations: SqliteStatement;

  constructor(connection: SqliteConnection, tables: Tables) {
    const { columns } = tables.of('sessionLog');
    const prepare = (sql: string): SqliteStatement => connection.prepare(sql);
    this.#head = prepare(headOf);
    this.#headInEpoch = prepare(
      `SELECT CASE (${epochOf}) WHEN ?2 THEN coalesce((${headOf}), 0) ELSE ${noHead} END`,
    );
    this.#position = prepare(`SELECT coalesce((${headOf}), 0), (${epochOf})`);
    this.#after = prepare(
      `SELECT ${columns} FROM ${entriesOf} AND "seq" > ?2 AND "seq" <= ?3 ORDER BY "seq" LIMIT ?4`,
    );
    this.#said = prepare(
      `SELECT ${columns} FROM "sessionLog" INDEXED BY "sessionLog_conversation_by_seq"
       WHERE "conversation" = ?1 AND "seq" IS NOT NULL ORDER BY "seq" DESC LIMIT ?2`,
    );
    this.#annotations = prepare(
      `SELECT ${tables.of('annotations').columns} FROM "annotations" INDEXED BY "annotations_sessionId_by_seq"
       WHERE "sessionId" = ?1 AND "seq" IS NOT NULL AND NOT "deleted" ORDER BY "seq"`,
    );
    this.#operations = prepare(
      `SELECT ${columns} FROM "sessionLog" INDEXED BY "sessionLog_operation_by_seq"
       WHERE "operation" IN (SELECT value FROM json_each(?2)) AND "operation" IS NOT NULL
         AND "sessionId" = ?1 AND "seq" IS NOT NULL ORDER BY "seq"`,
    );
  }

  /** The head as it stands, to be checked at commit. */
  head(sessionId: string): ReadCheck {
    const values = [sessionId];
    const version = Number(this.#head.get(values)?.[0]);
    return { key: `log of ${sessionId}`, current: this.#head, values, version };
  }

  /** That the log stands at `expected` when the unit is committed. */
  stillAt(sessionId: string, { epoch, seq }: LogPosition): ReadCheck {
    const key = `log of ${sessionId}`;
    return { key, current: this.#headInEpoch, values: [sessionId, epoch], version: seq };
  }

  /** Undefined when there is no such session. */
  position(sessionId: string): LogPosition | undefined {
    const [seq, epoch] = this.#position.get([sessionId]) ?? [];
    return typeof epoch === 'string' ? { epoch, seq: Number(seq) } : undefined;
  }

  /** Entries behind `since`, up to the head. */
  after(sessionId: string, since: number, head: number, limit: number): SqliteRow[] {
    return this.#after.all([sessionId, since, head, limit]);
  }

  /** Messages and comments, newest first. */
  said(sessionId: string, limit: number): SqliteRow[] {
    return this.#said.all([sessionId, limit]);
  }

  /** Annotations that are not deleted, in order of `seq`. */
  annotations(sessionId: string): SqliteRow[] {
    return this.#annotations.all([sessionId]);
  }

  operations(sessionId: string, operations: readonly string[]): SqliteRow[] {
    return this.#operations.all([sessionId, JSON.stringify(operations)]);
  }
}
