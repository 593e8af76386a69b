import { AppError } from '../../errors/app-error.ts';

/** What keeps a file from being taken as artwork, in words that say what its sender can do. */
export const artworkProblem = (problem: string): AppError =>
  new AppError('validation_failed', problem, { errors: [{ path: 'file', message: problem }] });

export const damaged = (what: string): AppError =>
  artworkProblem(
    `The file cannot be read as ${what}: open it in the program it came from and save it again.`,
  );
