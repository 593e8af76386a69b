import { join } from 'node:path';
import { openPostgresStore } from '../../src/engines/postgres/postgres-store.ts';
import { openSqliteStore } from '../../src/engines/sqlite/sqlite-store.ts';
import type { LoggedRecordStore } from '../../src/ports/session-log.ts';

/** Where the records of a server are: its settings that say so. */
export interface RecordsPlace {
  DATA_DIR: string;
  DATABASE_URL?: string;
}

export const fileIn = ({ DATA_DIR }: RecordsPlace): string => join(DATA_DIR, 'proofdesk.sqlite');

/** The records of a server as another process sees them. */
export const openRecords = (place: RecordsPlace): Promise<LoggedRecordStore> =>
  place.DATABASE_URL === undefined
    ? openSqliteStore({ file: fileIn(place) })
    : openPostgresStore({ url: place.DATABASE_URL });
