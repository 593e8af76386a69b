import type { OpenConnection, SqliteConnection } from './driver.ts';

/** How long a statement may block the process while another process holds the lock. */
export const busyTimeoutMs = 250;
/** Opening may meet another process that migrates; nothing is served yet, so it may wait longer. */
const openingBusyTimeoutMs = 10_000;
/**
 * Of a new file. Each commit writes whole pages; at decisions of 2 KiB, 8 KiB pages took about a tenth less
 * processor time a record than 4 KiB, and 16 KiB no less than 8.
 */
const pageSizeBytes = 8192;
/** Pages that the write-ahead log holds before they are copied into the file. */
const autocheckpointPages = 2000;
const journalSizeLimitBytes = 64 * 1024 * 1024;
const pageCacheKibibytes = 16 * 1024;

/**
 * Opens the file the one way in which it is ever opened. `synchronous=FULL` makes a commit wait until the
 * write-ahead log is on the disk; it belongs to the connection, not to the file, so each must set it.
 */
export const openConnection = (open: OpenConnection, file: string): SqliteConnection => {
  const connection = open(file);
  connection.exec(`PRAGMA busy_timeout = ${openingBusyTimeoutMs}`);
  connection.exec(`PRAGMA page_size = ${pageSizeBytes}`);
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = FULL');
  connection.exec('PRAGMA foreign_keys = OFF');
  // What is erased is overwritten, not only forgotten: the file is copied and kept.
  connection.exec('PRAGMA secure_delete = ON');
  connection.exec(`PRAGMA wal_autocheckpoint = ${autocheckpointPages}`);
  connection.exec(`PRAGMA journal_size_limit = ${journalSizeLimitBytes}`);
  connection.exec(`PRAGMA cache_size = -${pageCacheKibibytes}`);
  return connection;
};

/** To be called when the schema stands: from now on a lock held elsewhere must not stop the process for long. */
export const beginServing = (connection: SqliteConnection): void => {
  connection.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
};

/** Before the end: the log beside the file would keep what was erased, and a copy of the file alone would be behind. */
export const emptyWriteAheadLog = (connection: SqliteConnection): void => {
  try {
    connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // Where the disk does not take it nothing is lost: whoever opens the file next reads the log as well.
  }
};
