import Database from 'libsql';
import type { OpenConnection, SqliteConnection, SqliteRow, SqliteStatement, SqliteValue } from './driver.ts';

type NativeStatement = Database.Statement<[SqliteValue[]]>;

/** Rows are read raw (as arrays): as objects they carry a `_metadata` key, and `pluck` is ignored. */
class LibsqlStatement implements SqliteStatement {
  readonly #native: NativeStatement;

  constructor(native: NativeStatement) {
    this.#native = native;
  }

  run(values: SqliteValue[]): number {
    return this.#native.run(values).changes;
  }

  get(values: SqliteValue[]): SqliteRow | undefined {
    return this.#native.get(values) as SqliteRow | undefined;
  }

  all(values: SqliteValue[]): SqliteRow[] {
    return this.#native.all(values) as SqliteRow[];
  }
}

class LibsqlConnection implements SqliteConnection {
  readonly #database: Database.Database;

  constructor(file: string) {
    this.#database = new Database(file);
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  prepare(sql: string): SqliteStatement {
    const native = this.#database.prepare<[SqliteValue[]]>(sql);
    // Raw mode is refused by statements that return no rows.
    return new LibsqlStatement(native.reader ? native.raw(true) : native);
  }

  close(): void {
    this.#database.close();
  }
}

/** Opens a file with libsql, which comes prebuilt inside npm and needs no compiler. */
export const openLibsql: OpenConnection = (file) => new LibsqlConnection(file);
