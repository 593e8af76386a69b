import { AppError } from './app-error.ts';

interface Meaning {
  /** What an operator reads. */
  detail: string;
  /** Whether the same request may succeed a moment later. */
  retryable: boolean;
  /** Whether it says something about the server's health. What a text alone can cause must not. */
  countsAgainstServer: boolean;
}

const misconfigured = 'check OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL: the AI server refuses them';

/** Every way in which a remote AI engine gives no answer, and what follows from it. */
const meanings = {
  timeout: {
    detail: 'the AI server did not answer in time',
    retryable: false,
    countsAgainstServer: true,
  },
  connection: {
    detail: 'the connection to the AI server failed',
    retryable: true,
    countsAgainstServer: true,
  },
  rate_limited: {
    detail: 'the AI server has too many requests',
    retryable: true,
    countsAgainstServer: true,
  },
  quota_exhausted: {
    detail: 'the account at the AI server has no quota left',
    retryable: false,
    countsAgainstServer: true,
  },
  server_error: {
    detail: 'the AI server has a fault',
    retryable: true,
    countsAgainstServer: true,
  },
  misconfigured: { detail: misconfigured, retryable: false, countsAgainstServer: true },
  request_refused: {
    detail: 'the AI server does not accept the request',
    retryable: false,
    countsAgainstServer: false,
  },
  answer_refused: {
    detail: 'the model declined to answer',
    retryable: false,
    countsAgainstServer: false,
  },
  answer_truncated: {
    detail: 'the answer of the model did not fit its limit',
    retryable: false,
    countsAgainstServer: false,
  },
  answer_unusable: {
    detail: 'the answer of the AI server cannot be read',
    retryable: false,
    countsAgainstServer: true,
  },
  circuit_open: {
    detail: 'the AI server is left alone for a while after repeated failures',
    retryable: false,
    countsAgainstServer: false,
  },
} as const satisfies Record<string, Meaning>;

/** Why a remote AI engine gave no answer; safe to log and to use as the label of a metric. */
export type AiEngineFailureReason = keyof typeof meanings;

export interface AiEngineFailureOptions {
  /** HTTP status of the server's reply, when there was one. */
  upstreamStatus?: number | undefined;
  /** When the server wants to be asked again, in milliseconds from now. */
  retryAfterMs?: number | undefined;
}

/**
 * A remote AI engine could not answer: `unavailable` for whoever asked. It carries no message, header, body or
 * cause from the server, because those may repeat the prompt or parts of the key.
 */
export class AiEngineFailure extends AppError {
  readonly reason: AiEngineFailureReason;
  readonly retryable: boolean;
  readonly countsAgainstServer: boolean;
  readonly upstreamStatus: number | undefined;

  constructor(reason: AiEngineFailureReason, options: AiEngineFailureOptions = {}) {
    const { retryAfterMs, upstreamStatus } = options;
    super('unavailable', meanings[reason].detail, retryAfterMs === undefined ? {} : { retryAfterMs });
    this.reason = reason;
    this.retryable = meanings[reason].retryable;
    this.countsAgainstServer = meanings[reason].countsAgainstServer;
    this.upstreamStatus = upstreamStatus;
  }
}
