import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { AiEngineFailure, type AiEngineFailureReason } from '../../errors/ai-engine-failure.ts';

/** Milliseconds until a server wants to be asked again: `retry-after-ms`, or seconds or a date in `retry-after`. */
export const retryAfterMs = (headers: Headers | undefined, nowMs: number): number | undefined => {
  const inMilliseconds = headers?.get('retry-after-ms');
  if (inMilliseconds && Number(inMilliseconds) >= 0) return Number(inMilliseconds);
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const seconds = Number(value);
  const waitMs = Number.isNaN(seconds) ? Date.parse(value) - nowMs : seconds * 1_000;
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : undefined;
};

const reasonOfStatus = (error: APIError): AiEngineFailureReason => {
  const { status = 0, code, type } = error;
  if (code === 'insufficient_quota' || type === 'insufficient_quota') return 'quota_exhausted';
  if (status === 429) return 'rate_limited';
  if (status === 408 || status === 409 || status >= 500) return 'server_error';
  return status === 401 || status === 403 || status === 404 ? 'misconfigured' : 'request_refused';
};

const isAbort = (error: unknown): boolean =>
  error instanceof APIUserAbortError ||
  (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError'));

/** What went wrong, told without a word of what was sent or received. */
export const failureOf = (error: unknown, nowMs: number): AiEngineFailure => {
  if (error instanceof AiEngineFailure) return error;
  if (error instanceof APIConnectionTimeoutError || isAbort(error)) return new AiEngineFailure('timeout');
  if (error instanceof APIConnectionError) return new AiEngineFailure('connection');
  if (error instanceof APIError && error.status !== undefined) {
    return new AiEngineFailure(reasonOfStatus(error), {
      upstreamStatus: error.status,
      retryAfterMs: retryAfterMs(error.headers, nowMs),
    });
  }
  // fetch says TypeError when the body of a reply ends too early, and SyntaxError when it is not JSON.
  return new AiEngineFailure(error instanceof TypeError ? 'connection' : 'answer_unusable');
};
