import type { Page, Query } from '../../ports/record-store.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import { isEmptyList, pageOf, planList } from '../sql/list-plan.ts';
import { type ListDialect, listStatement } from '../sql/list-statement.ts';
import { columnOf, kindsOf, quoted } from '../sql/naming.ts';
import { type RecordCodec, recordCodec, type SqlRow } from '../sql/record-codec.ts';
import type { RunStatement } from './connections.ts';
import { readFailure } from './failure.ts';
import { parameterTypes } from './schema.ts';

/** The statements of one collection. */
export interface Table<Name extends CollectionName> {
  readonly name: Name;
  readonly codec: RecordCodec<Name>;
  /** The columns of a record, qualified by the table. */
  readonly columns: string;
  /** A record's columns and its version. */
  readonly get: string;
  /** Id and version of those that are there, held until the end of the transaction; in one order for everybody. */
  readonly lock: string;
  /** Makes the records whose ids are free, and gives those ids. */
  readonly create: string;
  readonly put: string;
  readonly delete: string;
  /** Adds to the columns at these places. */
  increment(added: readonly number[]): string;
}

const dialect: ListDialect = {
  parameter: (place) => `$${place}`,
  among: (column, parameter) => `${column} = ANY(${parameter})`,
  // The planner finds its way by the statistics of the tables; it cannot be told one.
  walked: (table) => table,
  join: 'JOIN',
  laterPage: '',
};

const openTable = <Name extends CollectionName>(name: Name): Table<Name> => {
  const codec = recordCodec(name);
  const table = quoted(name);
  const columns = codec.fields.map((field) => `${table}.${columnOf(field)}`).join(', ');
  const names = [...codec.fields.map(columnOf), '"version"'];
  const types = [...kindsOf(name).values()].map((kind) => parameterTypes[kind]);
  const rows = [...types, 'bigint'].map((type, index) => `$${index + 1}::${type}[]`).join(', ');
  const insert = `INSERT INTO ${table} (${names.join(', ')}) SELECT * FROM unnest(${rows}) ON CONFLICT ("id") DO`;
  const assigned = names.slice(1).filter((column) => column !== '"id"');
  const assignments = assigned.map((column) => `${column} = excluded.${column}`).join(', ');
  const addition = (place: number): string =>
    `${names[place]} = coalesce(${table}.${names[place]}, 0) + coalesce(excluded.${names[place]}, 0)`;
  return {
    name,
    codec,
    columns,
    get: `SELECT ${columns}, "version" FROM ${table} WHERE "id" = $1`,
    lock: `SELECT "id", "version" FROM ${table} WHERE "id" = ANY($1) ORDER BY "id" FOR NO KEY UPDATE`,
    create: `${insert} NOTHING RETURNING "id"`,
    put: `${insert} UPDATE SET ${assignments}`,
    delete: `DELETE FROM ${table} WHERE "id" = ANY($1)`,
    increment: (added) =>
      `${insert} UPDATE SET ${[...added.map(addition), '"version" = excluded."version"'].join(', ')}`,
  };
};

type OpenTables = { [Name in CollectionName]?: Table<Name> };

/** All collections of one database, and the reads that need no commit. */
export class Tables {
  readonly #run: RunStatement;
  readonly #open: OpenTables = {};
  readonly #lists = new Map<string, string>();

  constructor(run: RunStatement) {
    this.#run = run;
  }

  of<Name extends CollectionName>(name: Name): Table<Name> {
    const known: Table<Name> | undefined = this.#open[name];
    if (known !== undefined) return known;
    const table = openTable(name);
    this.#open[name] = table as OpenTables[Name];
    return table;
  }

  /** The record's row with its version behind it. */
  async row(collection: CollectionName, id: string): Promise<SqlRow | undefined> {
    // No id holds one, and the database could not be asked for it.
    if (id.includes('\u0000')) return undefined;
    try {
      const [row] = await this.#run(this.of(collection).get, [id]);
      return row;
    } catch (error) {
      throw readFailure(error);
    }
  }

  async page<Name extends CollectionName>(
    collection: Name,
    query: Query<Name>,
  ): Promise<Page<Records[Name]>> {
    const plan = planList(collection, query);
    if (isEmptyList(plan)) return { items: [] };
    const table = this.of(collection);
    const known = this.#lists.get(plan.shape);
    const text = known ?? listStatement(plan, table.columns, dialect);
    if (known === undefined) this.#lists.set(plan.shape, text);
    try {
      return pageOf(collection, query, table.codec, await this.#run(text, plan.values));
    } catch (error) {
      throw readFailure(error);
    }
  }
}

/** The version stands behind the columns of a record; a record that does not exist has version 0. */
export const versionIn = (row: SqlRow | undefined): number => (row === undefined ? 0 : Number(row.at(-1)));
