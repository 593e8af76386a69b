import { AppError } from '../../errors/app-error.ts';
import { sqliteCodeOf } from './driver.ts';

/** Results of SQLite that speak of the machine, not of the statement; SQLite may have rolled back by itself. */
const machineFailures = [
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_PROTOCOL',
  'SQLITE_NOMEM',
  'SQLITE_CORRUPT',
  'SQLITE_NOTADB',
  'SQLITE_INTERRUPT',
];

export const isMachineFailure = (error: unknown): boolean => {
  const code = sqliteCodeOf(error);
  return code !== undefined && machineFailures.some((failure) => code.startsWith(failure));
};

export const isBusy = (error: unknown): boolean => sqliteCodeOf(error)?.startsWith('SQLITE_BUSY') === true;

/** A disk that is full stays so for a while; a lock does not. */
const retryAfterMsOf = (error: unknown): number => (isBusy(error) ? 1000 : 10_000);

export const unavailable = (cause: unknown): AppError =>
  new AppError(
    'unavailable',
    'The records cannot be saved right now; nothing was changed. Try again later.',
    {
      retryAfterMs: retryAfterMsOf(cause),
      cause,
    },
  );

/** Failures of the machine become `unavailable`; everything else stays what it is. */
export const readFailure = (error: unknown): unknown =>
  isMachineFailure(error)
    ? new AppError('unavailable', 'The records cannot be read right now. Try again later.', {
        retryAfterMs: retryAfterMsOf(error),
        cause: error,
      })
    : error;

export const describeFailure = (error: unknown): string => {
  const code = sqliteCodeOf(error) ?? '';
  if (code.startsWith('SQLITE_FULL')) return 'the disk is full';
  if (code.startsWith('SQLITE_BUSY')) return 'another process holds the file';
  return code.startsWith('SQLITE_IOERR') ? 'the disk fails' : 'the file cannot be used';
};
