import { type ErrorCode, errorCodes } from './protocol.ts';

export interface ApiErrorDetails {
  code: ErrorCode;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  retryAfterMs?: number | undefined;
  requestId?: string | undefined;
  errors?: readonly { path: string; message: string }[] | undefined;
  cause?: unknown;
}

/** A refused request. Decide by `code`; `message` is for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  readonly status: number;
  /** Whether the same request may succeed later, and when that is worth a try. */
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  /** Names the request in the server's log. */
  readonly requestId: string | undefined;
  /** What is wrong with which value, after `validation_failed`. */
  readonly errors: readonly { path: string; message: string }[];

  constructor(message: string, details: ApiErrorDetails) {
    super(message, { cause: details.cause });
    const { code, status, retryAfterMs, requestId, errors = [] } = details;
    this.code = code;
    this.status = status;
    this.retryable = errorCodes[code].retryable;
    this.retryAfterMs = retryAfterMs;
    this.requestId = requestId;
    this.errors = errors;
  }
}

interface Problem {
  code: ErrorCode;
  title: string;
  detail?: string;
  requestId?: string;
  errors?: { path: string; message: string }[];
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' &&
  body !== null &&
  'code' in body &&
  typeof body.code === 'string' &&
  Object.hasOwn(errorCodes, body.code);

const retryAfterOf = (response: Response): number | undefined => {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined;
};

/** No answer came; the request may have been carried out all the same. */
export const unreachable = (cause: unknown): ApiError =>
  new ApiError('The server cannot be reached.', { code: 'unavailable', status: 0, cause });

/** What a refusing answer says; one that is not ours, such as a proxy's page, counts by its status. */
export const errorOf = async (response: Response): Promise<ApiError> => {
  const { status } = response;
  const retryAfterMs = retryAfterOf(response);
  const body: unknown = await response.json().catch(() => undefined);
  if (!isProblem(body)) {
    const code = status === 502 || status === 503 || status === 504 ? 'unavailable' : 'internal';
    return new ApiError(`The server answered with status ${status}.`, { code, status, retryAfterMs });
  }
  const { code, title, detail, requestId, errors } = body;
  return new ApiError(detail ?? title, { code, status, retryAfterMs, requestId, errors });
};
