import { existsSync } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { AppError } from '../../errors/app-error.ts';
import type { LoggedRecordStore } from '../../ports/session-log.ts';
import { openLibsql } from './libsql-driver.ts';
import { keepPrivately, makePrivateFile } from './private-file.ts';
import { openSqliteStore } from './sqlite-store.ts';

const refuseExisting = (file: string, advice: string): void => {
  const taken = [file, `${file}-wal`].find((path) => existsSync(path));
  if (taken !== undefined) throw new AppError('conflict', `${taken} is there already: ${advice}`);
};

/** Copies the records as they are at one moment into a new file; a server may go on writing meanwhile. */
export const backupSqlite = async (file: string, target: string): Promise<void> => {
  if (!existsSync(file)) throw new AppError('not_found', `There are no records at ${file}.`);
  refuseExisting(target, 'name another file.');
  const connection = openLibsql(file);
  try {
    await makePrivateFile(target);
    connection.exec(`VACUUM INTO '${target.replaceAll("'", "''")}'`);
    await keepPrivately(target);
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  } finally {
    connection.close();
  }
};

const ensureWhole = (file: string): void => {
  const connection = openLibsql(file);
  try {
    const [found] = connection.prepare('PRAGMA integrity_check').get([]) ?? [];
    if (found !== 'ok') throw new AppError('validation_failed', `The backup is damaged: ${String(found)}.`);
  } finally {
    connection.close();
  }
};

const unusable = (cause: unknown): AppError => {
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new AppError('validation_failed', `The backup cannot be restored: ${problem}`, { cause });
};

/**
 * Puts a backup in the place of records that are not there: checked, brought up to date and handed to `prepare`
 * under another name, so that what goes wrong leaves nothing behind.
 */
export const restoreSqlite = async (
  backup: string,
  file: string,
  prepare: (store: LoggedRecordStore) => Promise<unknown>,
): Promise<void> => {
  if (!existsSync(backup)) throw new AppError('not_found', `There is no file ${backup}.`);
  refuseExisting(file, 'stop the server, move it away with its -wal and -shm files, and try again.');
  const unfinished = `${file}.restoring`;
  try {
    await makePrivateFile(unfinished);
    await copyFile(backup, unfinished);
    ensureWhole(unfinished);
    const store = await openSqliteStore({ file: unfinished });
    await prepare(store).finally(() => store.close());
    await keepPrivately(unfinished);
    await rename(unfinished, file);
  } catch (error) {
    throw error instanceof AppError ? error : unusable(error);
  } finally {
    for (const rest of ['', '-wal', '-shm']) await rm(`${unfinished}${rest}`, { force: true });
  }
};
