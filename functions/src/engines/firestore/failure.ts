import { AppError } from '../../errors/app-error.ts';
import { withinDeadline } from '../../ports/deadline.ts';

/** What the store tells its operators; pino's loggers fit. */
export interface StoreLogger {
  error(details: object, message: string): void;
  info(details: object, message: string): void;
}

/** Results of gRPC that the engine acts on. */
export const grpc = { notFound: 5, alreadyExists: 6, failedPrecondition: 9, aborted: 10 } as const;

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

interface CallsOptions {
  /** Longest wait for one answer. */
  deadlineMs: number;
  logger?: StoreLogger | undefined;
}

/** Every call of the service goes through here: it has a deadline, and its failure has a code. */
export class Calls {
  readonly #options: CallsOptions;
  #failing = false;

  constructor(options: CallsOptions) {
    this.#options = options;
  }

  /** AppError `unavailable` when the service is slow or gone; what is wrong with the request stays as it is. */
  async make<Result>(call: () => Promise<Result>): Promise<Result> {
    try {
      const result = await withinDeadline({ limitMs: this.#options.deadlineMs }, call);
      this.#answered();
      return result;
    } catch (error) {
      if (!isServiceFailure(error)) throw error;
      // Two writers met: the service is well, and whoever can will try again.
      if (grpcCodeOf(error) !== grpc.aborted) this.#missed(error);
      throw new AppError('unavailable', 'The records cannot be reached right now. Try again later.', {
        retryAfterMs,
        cause: error,
      });
    }
  }

  #answered(): void {
    if (this.#failing) this.#options.logger?.info({}, 'Firestore answers again');
    this.#failing = false;
  }

  #missed(error: unknown): void {
    if (!this.#failing) this.#options.logger?.error({ err: error }, 'Firestore does not answer');
    this.#failing = true;
  }
}

/** What a commit fails with when another writer was faster. */
const beaten: readonly unknown[] = [grpc.notFound, grpc.alreadyExists, grpc.failedPrecondition, grpc.aborted];

/** Whether a commit failed because another writer was at the same documents. */
export const wasBeaten = (error: unknown): boolean =>
  beaten.includes(grpcCodeOf(error instanceof AppError ? error.cause : error));
