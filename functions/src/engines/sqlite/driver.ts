import type { SqlRow, SqlValue } from '../sql/record-codec.ts';

/**
 * What may be bound and read. Nothing else reaches a driver: some of them end the process when they are handed
 * a value that they do not know.
 */
export type SqliteValue = SqlValue;

export type SqliteRow = SqlRow;

/** A prepared statement. Values are bound by position; each call leaves the statement reset. */
export interface SqliteStatement {
  /** Returns how many rows changed. */
  run(values: SqliteValue[]): number;
  get(values: SqliteValue[]): SqliteRow | undefined;
  all(values: SqliteValue[]): SqliteRow[];
}

/**
 * The seam to a SQLite library: exec and prepare, all calls synchronous. A failure of SQLite itself is an Error
 * whose `code` is the name of the result, such as `SQLITE_FULL`.
 */
export interface SqliteConnection {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

export type OpenConnection = (file: string) => SqliteConnection;

/** Name of the SQLite result behind an error, or undefined when it came from elsewhere. */
export const sqliteCodeOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : undefined;
};
