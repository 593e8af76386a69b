import { Client } from 'pg';
import { inject } from 'vitest';
import { openLibsql } from '../../src/engines/sqlite/libsql-driver.ts';
import { collections } from '../../src/ports/collections.ts';
import { freshSchema } from './fresh-schema.ts';
import { fileIn, type RecordsPlace } from './records-place.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL for servers under test; absent where they run on SQLite. */
    postgres?: string;
  }
}

/** Settings of new, empty records on the engine that the test project has chosen. */
export const chosenRecords = async (): Promise<Pick<RecordsPlace, 'DATABASE_URL'>> => {
  const server = inject('postgres');
  return server === undefined ? {} : { DATABASE_URL: await freshSchema(server) };
};

/** Leases are renewed by the clock and say nothing about requests. */
const watchedCollections = Object.keys(collections).filter((name) => name !== 'leases');

/** Each write gives its record a version that no record had before, so their sum moves with any of them. */
const stateStatements = watchedCollections.map(
  (name) => `SELECT count(*), coalesce(sum("version" % 1000000007), 0), max("version") FROM "${name}"`,
);

interface RecordsWatch {
  /** Differs when any record was made, changed or deleted in between. */
  state(): Promise<string>;
  close(): Promise<void>;
}

const watchFile = (file: string): RecordsWatch => {
  const connection = openLibsql(file);
  const statements = stateStatements.map((text) => connection.prepare(text));
  return {
    state: async () => JSON.stringify(statements.map((statement) => statement.get([]))),
    close: async () => connection.close(),
  };
};

const watchDatabase = async (url: string): Promise<RecordsWatch> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    state: async () => JSON.stringify((await client.query(stateStatements.join(' UNION ALL '))).rows),
    close: () => client.end(),
  };
};

export const watchRecords = async (place: RecordsPlace): Promise<RecordsWatch> =>
  place.DATABASE_URL === undefined ? watchFile(fileIn(place)) : watchDatabase(place.DATABASE_URL);

type Rows = readonly (readonly unknown[])[];

const readFile = (file: string, statements: readonly string[]): Rows[] => {
  const connection = openLibsql(file);
  connection.exec('BEGIN');
  const results = statements.map((text) => connection.prepare(text).all([]));
  connection.close();
  return results;
};

const readDatabase = async (url: string, statements: readonly string[]): Promise<Rows[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  const results: Rows[] = [];
  for (const text of statements) {
    results.push((await client.query<unknown[]>({ text, rowMode: 'array' })).rows);
  }
  await client.end();
  return results;
};

/** What several statements find at one moment, although others write meanwhile. */
export const readTogether = async (place: RecordsPlace, statements: readonly string[]): Promise<Rows[]> =>
  place.DATABASE_URL === undefined
    ? readFile(fileIn(place), statements)
    : readDatabase(place.DATABASE_URL, statements);
