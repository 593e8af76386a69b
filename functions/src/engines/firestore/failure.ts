import { AppError } from '../../errors/app-error.ts';
import type { CallFailure } from '../../telemetry/service-calls.ts';

/** Results of gRPC that the engine acts on. */
export const grpc = {
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  failedPrecondition: 9,
  aborted: 10,
} as const;

/**
 * Results that speak of the service or the way to it, not of the request: cancelled, unknown, deadline exceeded,
 * permission denied, resource exhausted, aborted, internal, unavailable, unauthenticated.
 */
const serviceFailures = new Set([1, 2, 4, 7, 8, 10, 13, 14, 16]);

export const grpcCodeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined;

const isTimeout = (error: unknown): boolean => error instanceof DOMException && error.name === 'TimeoutError';

const isServiceFailure = (error: unknown): boolean =>
  isTimeout(error) || serviceFailures.has(grpcCodeOf(error) ?? -1);

const retryAfterMs = 2000;

export const alreadyExists = (): AppError =>
  new AppError('already_exists', 'A record with this id exists already; use another id.');

const unavailable = (cause: unknown): AppError =>
  new AppError('unavailable', 'The records cannot be reached right now. Try again later.', {
    retryAfterMs,
    cause,
  });

/** What is wrong with a request stays as it is. Where two writers met, the service is well, and who can tries again. */
export const judgeFailure = (error: unknown): CallFailure =>
  isServiceFailure(error)
    ? { error: unavailable(error), inTrouble: grpcCodeOf(error) !== grpc.aborted }
    : { error, inTrouble: false };

/** What Firestore itself said. */
const causeOf = (error: unknown): unknown => (error instanceof AppError ? error.cause : error);

/** What a commit fails with when another writer was faster. */
const beaten: readonly unknown[] = [grpc.notFound, grpc.alreadyExists, grpc.failedPrecondition, grpc.aborted];

/** Whether a commit failed because another writer was at the same documents. */
export const wasBeaten = (error: unknown): boolean => beaten.includes(grpcCodeOf(causeOf(error)));

/** The SDK has no token to ask with: whoever gives them out refuses ours, or cannot be reached. */
const noToken = 'Getting metadata from plugin failed';
/** What a giver of tokens says (RFC 6749, section 5.2) to whoever will get none. */
const refusedToken = /failed with error: (?:invalid_grant|invalid_client|unauthorized_client|invalid_scope)/;

const refusesToken = ({ message }: Error): boolean =>
  message.includes(noToken) ? refusedToken.test(message) : message.startsWith('16 UNAUTHENTICATED');

/** Why waiting for Firestore does not help: what it said itself, and what its operator can do. */
export interface LastingFailure {
  cause: unknown;
  advice?: string;
}

/** Undefined when waiting may help. */
export const lastingFailure = (error: unknown): LastingFailure | undefined => {
  const cause = causeOf(error);
  if (cause instanceof Error && refusesToken(cause)) {
    return {
      cause,
      advice: 'Give GOOGLE_APPLICATION_CREDENTIALS a key that is valid, and look at the clock.',
    };
  }
  if (grpcCodeOf(cause) === grpc.permissionDenied) {
    return { cause, advice: 'Its account needs the role Cloud Datastore User in this project.' };
  }
  return isServiceFailure(cause) ? undefined : { cause };
};
