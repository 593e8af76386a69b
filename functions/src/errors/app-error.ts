import { type ErrorCode, errorCodes } from '../protocol/error-codes.ts';

/** One thing that is wrong with a request: `path` in dotted form (empty for the whole), and what to do. */
export interface FieldError {
  path: string;
  message: string;
}

export interface AppErrorOptions {
  /** What is wrong with which part of the request. */
  errors?: FieldError[];
  /** When a retry makes sense, in milliseconds. */
  retryAfterMs?: number;
  /** For the log only; never sent. */
  cause?: unknown;
}

/**
 * A failure that its reader may know of. `detail` tells what to do next and never holds secrets or internals.
 * Everything else that is thrown is answered as `internal` with no detail.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors: FieldError[];
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, detail: string, options: AppErrorOptions = {}) {
    super(`${code}: ${detail}`, { cause: options.cause });
    this.code = code;
    this.detail = detail;
    this.errors = options.errors ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }

  /** The HTTP status of the registry. */
  get status(): number {
    return errorCodes[this.code].status;
  }
}
