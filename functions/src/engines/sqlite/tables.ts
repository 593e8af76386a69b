import type { Page, Query } from '../../ports/record-store.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import type { SqliteConnection, SqliteRow } from './driver.ts';
import { readFailure } from './failure.ts';
import { readPage } from './list-page.ts';
import { openTable, StatementCache, type Table } from './table.ts';

type OpenTables = { [Name in CollectionName]?: Table<Name> };

/** All collections of one connection, prepared when they are first used, and the reads that need no commit. */
export class Tables {
  readonly #statements: StatementCache;
  readonly #open: OpenTables = {};

  constructor(connection: SqliteConnection) {
    this.#statements = new StatementCache(connection);
  }

  of<Name extends CollectionName>(name: Name): Table<Name> {
    const known: Table<Name> | undefined = this.#open[name];
    if (known !== undefined) return known;
    const table = openTable(name, this.#statements);
    this.#open[name] = table as OpenTables[Name];
    return table;
  }

  /** The record's row with its version behind it. */
  row(collection: CollectionName, id: string): SqliteRow | undefined {
    try {
      return this.of(collection).get.get([id]);
    } catch (error) {
      throw readFailure(error);
    }
  }

  page<Name extends CollectionName>(collection: Name, query: Query<Name>): Page<Records[Name]> {
    try {
      return readPage(this.of(collection), this.#statements, query);
    } catch (error) {
      throw readFailure(error);
    }
  }
}
