import { join } from 'node:path';
import type { OutsideParts } from '../../src/compose/records-engine.ts';
import { createFirestoreStore } from '../../src/engines/firestore/firestore-store.ts';
import { openPostgresStore } from '../../src/engines/postgres/postgres-store.ts';
import { openSqliteStore } from '../../src/engines/sqlite/sqlite-store.ts';
import type { LoggedRecordStore } from '../../src/ports/session-log.ts';

/** Where the records of a server are, and who signs its people in: its settings that say so. */
export interface RecordsPlace {
  DATA_DIR: string;
  DATABASE_URL?: string;
  /** Over memory, so only this process sees its records. */
  FIREBASE_PROJECT_ID?: string;
  AUTH_MODE?: string;
}

export const fileIn = ({ DATA_DIR }: RecordsPlace): string => join(DATA_DIR, 'proofdesk.sqlite');

/** Whether people of that server sign in at Firebase, and not at the server. */
export const firebaseSignsIn = ({ FIREBASE_PROJECT_ID, AUTH_MODE }: RecordsPlace): boolean =>
  FIREBASE_PROJECT_ID !== undefined && AUTH_MODE !== 'local';

/** What a server on these records is given beside its settings. Loaded only where it is needed: it takes a second. */
export const outsideParts = async ({ FIREBASE_PROJECT_ID }: RecordsPlace): Promise<OutsideParts> => {
  if (FIREBASE_PROJECT_ID === undefined) return {};
  const { connectMemoryFirestore } = await import('./memory-firestore.ts');
  return { connectFirestore: connectMemoryFirestore };
};

const openFirestore = async (projectId: string): Promise<LoggedRecordStore> => {
  const { connectMemoryFirestore } = await import('./memory-firestore.ts');
  return createFirestoreStore(connectMemoryFirestore(projectId));
};

/** The records of a server as another process sees them. */
export const openRecords = async (place: RecordsPlace): Promise<LoggedRecordStore> => {
  const { DATABASE_URL, FIREBASE_PROJECT_ID } = place;
  if (DATABASE_URL !== undefined) return openPostgresStore({ url: DATABASE_URL });
  if (FIREBASE_PROJECT_ID !== undefined) return openFirestore(FIREBASE_PROJECT_ID);
  return openSqliteStore({ file: fileIn(place) });
};
