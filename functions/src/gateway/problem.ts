import { AppError, type FieldError } from '../errors/app-error.ts';
import { type ErrorCode, errorCodes } from '../protocol/error-codes.ts';

export const problemType = 'application/problem+json';

/** A failure as the caller sees it: RFC 9457 with the project's own `code`, `requestId` and `errors`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: ErrorCode;
  requestId: string;
  errors?: FieldError[];
}

/** What a caller is told when nothing better is known, in milliseconds. */
const defaultRetryAfterMs = 5_000;

const codeOfStatus: Record<number, ErrorCode> = {
  400: 'malformed_request',
  404: 'not_found',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
};

const details: Partial<Record<ErrorCode, string>> = {
  malformed_request: 'The address or the body of the request cannot be decoded.',
  payload_too_large: 'The body is larger than this server takes.',
  unsupported_media_type: 'The coding or character set of the body is not supported: send JSON as UTF-8.',
};

const statusOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;

/**
 * The failure that may be shown. Errors of Express and its parsers name a status and are told in our words;
 * everything unknown becomes `internal` and keeps its cause for the log.
 */
export const toAppError = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  const status = statusOf(error);
  const code = typeof status === 'number' ? codeOfStatus[status] : undefined;
  if (code !== undefined)
    return new AppError(code, details[code] ?? errorCodes[code].title, { cause: error });
  return new AppError('internal', 'Try again; if it happens again, tell us the request id.', {
    cause: error,
  });
};

/** Reference that explains a code, relative to the server. */
const problemReference = (code: ErrorCode): string => `/docs/errors#${code}`;

export const toProblem = (error: AppError, requestId: string): Problem => {
  const { title, status } = errorCodes[error.code];
  return {
    type: problemReference(error.code),
    title,
    status,
    ...(error.detail === '' ? {} : { detail: error.detail }),
    code: error.code,
    requestId,
    ...(error.errors.length === 0 ? {} : { errors: error.errors }),
  };
};

/** Headers that belong to a failure, names and values in turn. */
export const problemHeaders = (error: AppError): string[] => {
  const headers = ['Cache-Control', 'no-store'];
  if (error.status === 401) headers.push('WWW-Authenticate', 'Bearer');
  if (error.status === 429 || error.status === 503 || error.retryAfterMs !== undefined) {
    const seconds = Math.max(1, Math.ceil((error.retryAfterMs ?? defaultRetryAfterMs) / 1_000));
    headers.push('Retry-After', String(seconds));
  }
  return headers;
};
