import { AppError } from '../../errors/app-error.ts';

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Failures of the machine: no space, no quota, no more open files, a disk that fails or cannot be written. */
const machineFailures = [
  'ENOSPC',
  'EDQUOT',
  'EFBIG',
  'EMFILE',
  'ENFILE',
  'EIO',
  'EROFS',
  'EACCES',
  'EPERM',
  'ENOENT',
];

/** Those become `unavailable`, which says nothing of paths; everything else stays what it is. */
export const storeFailure = (error: unknown): unknown => {
  const code = error instanceof AppError ? undefined : codeOf(error);
  if (code === undefined || !machineFailures.includes(code)) return error;
  return new AppError('unavailable', 'Files cannot be stored or read right now. Try again later.', {
    retryAfterMs: 10_000,
    cause: error,
  });
};
