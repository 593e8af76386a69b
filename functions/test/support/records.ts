import { Client } from 'pg';
import { inject } from 'vitest';
import { openLibsql } from '../../src/engines/sqlite/libsql-driver.ts';
import type { CollectionName } from '../../src/ports/records.ts';
import { movedCollections } from '../../src/upkeep/export-format.ts';
import { newProjectId } from './firebase-people.ts';
import { freshSchema } from './fresh-schema.ts';
import { fileIn, type RecordsPlace } from './records-place.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL for servers under test; absent where they run on SQLite. */
    postgres?: string;
    /** Servers under test keep their records in Firestore, each in a project of its own. */
    firestore?: boolean;
  }
}

/** Settings of new, empty records on the engine that the test project has chosen. */
export const chosenRecords = async (): Promise<Omit<RecordsPlace, 'DATA_DIR'>> => {
  const server = inject('postgres');
  if (inject('firestore')) return { FIREBASE_PROJECT_ID: newProjectId() };
  return server === undefined ? {} : { DATABASE_URL: await freshSchema(server) };
};

/** What belongs to running servers is renewed by the clock and says nothing about requests. */
const watchedCollections: readonly string[] = movedCollections;

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

/** Each change of a document gives it the number of its commit; several may share a time. */
const watchFirestore = async (projectId: string): Promise<RecordsWatch> => {
  const { documentsIn } = await import('./memory-firestore.ts');
  const state = async (): Promise<string> =>
    documentsIn(projectId)
      .filter(({ parent }) => watchedCollections.includes(parent))
      .map(({ path, version }) => `${path} ${version}`)
      .join('\n');
  return { state, close: async () => undefined };
};

export const watchRecords = async (place: RecordsPlace): Promise<RecordsWatch> => {
  const { DATABASE_URL, FIREBASE_PROJECT_ID } = place;
  if (DATABASE_URL !== undefined) return watchDatabase(DATABASE_URL);
  return FIREBASE_PROJECT_ID === undefined ? watchFile(fileIn(place)) : watchFirestore(FIREBASE_PROJECT_ID);
};

type Rows = readonly (readonly unknown[])[];

/** Fields of all records of a collection. */
interface Part {
  collection: CollectionName;
  fields: readonly string[];
}

const statementOf = ({ collection, fields }: Part): string =>
  `SELECT ${fields.map((field) => `"${field}"`).join(', ')} FROM "${collection}"`;

const readFile = (file: string, parts: readonly Part[]): Rows[] => {
  const connection = openLibsql(file);
  connection.exec('BEGIN');
  const results = parts.map((part) => connection.prepare(statementOf(part)).all([]));
  connection.close();
  return results;
};

const readDatabase = async (url: string, parts: readonly Part[]): Promise<Rows[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  const results: Rows[] = [];
  for (const part of parts) {
    results.push((await client.query<unknown[]>({ text: statementOf(part), rowMode: 'array' })).rows);
  }
  await client.end();
  return results;
};

const readFirestore = async (projectId: string, parts: readonly Part[]): Promise<Rows[]> => {
  const { documentsIn } = await import('./memory-firestore.ts');
  const documents = documentsIn(projectId);
  return parts.map(({ collection, fields }) =>
    documents
      .filter(({ parent }) => parent === collection)
      .map(({ data }) => fields.map((field) => data[field])),
  );
};

/** What several collections hold at one moment, although others write meanwhile. */
export const readTogether = async (place: RecordsPlace, parts: readonly Part[]): Promise<Rows[]> => {
  const { DATABASE_URL, FIREBASE_PROJECT_ID } = place;
  if (DATABASE_URL !== undefined) return readDatabase(DATABASE_URL, parts);
  return FIREBASE_PROJECT_ID === undefined
    ? readFile(fileIn(place), parts)
    : readFirestore(FIREBASE_PROJECT_ID, parts);
};
