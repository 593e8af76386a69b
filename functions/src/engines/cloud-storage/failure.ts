import { AppError } from '../../errors/app-error.ts';
import { withinDeadline } from '../../ports/deadline.ts';

/** What the store tells its operators; pino's loggers fit. */
export interface StoreLogger {
  error(details: object, message: string): void;
  info(details: object, message: string): void;
}

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

  /** AppError `unavailable` when the service is slow, gone or refuses us; what is said of the object stays as it is. */
  async make<Result>(call: () => Promise<Result>): Promise<Result> {
    try {
      const result = await withinDeadline({ limitMs: this.#options.deadlineMs }, call);
      if (this.#failing) this.#options.logger?.info({}, 'Cloud Storage answers again');
      this.#failing = false;
      return result;
    } catch (error) {
      throw this.failure(error);
    }
  }

  /** The same for what a stream failed with. */
  failure(error: unknown): unknown {
    const status = statusOf(error);
    const isOfObject = status === http.notFound || status === http.preconditionFailed;
    if (error instanceof AppError || isOfObject) return error;
    if (!this.#failing) this.#options.logger?.error({ err: error }, 'Cloud Storage does not answer');
    this.#failing = true;
    return unavailable(error);
  }
}
