import { AppError } from '../../errors/app-error.ts';
import type { CallFailure } from '../../telemetry/service-calls.ts';

/** Results of HTTP that speak of the object that was asked for, not of the service. */
export const http = { notFound: 404, preconditionFailed: 412 } as const;

const asStatus = (value: unknown): number | undefined => {
  const status = Number(value);
  return Number.isInteger(status) ? status : undefined;
};

/** The SDK has the status in one of two places, as a number or as text, and not always in an Error. */
export const statusOf = (error: unknown): number | undefined => {
  if (typeof error !== 'object' || error === null || error instanceof AppError) return undefined;
  const { status, code } = error as { status?: unknown; code?: unknown };
  return asStatus(status) ?? asStatus(code);
};

export const unavailable = (cause: unknown): AppError =>
  new AppError('unavailable', 'Files cannot be stored or read right now. Try again later.', {
    retryAfterMs: 10_000,
    cause,
  });

/** Whether a failure will pass by itself: no answer, a broken connection, a service in trouble. */
export const isPassing = (error: unknown): boolean => {
  if (error instanceof DOMException) return error.name === 'TimeoutError';
  const status = statusOf(error);
  if (status !== undefined) return status === 408 || status === 429 || status >= 500;
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
};

/** What is said of the object stays as it is; a bucket that is slow, gone or refuses us is in trouble. */
export const judgeFailure = (error: unknown): CallFailure => {
  const status = statusOf(error);
  const isOfObject = status === http.notFound || status === http.preconditionFailed;
  if (error instanceof AppError || isOfObject) return { error, inTrouble: false };
  return { error: unavailable(error), inTrouble: true };
};
