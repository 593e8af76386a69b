import type { RefusedAck } from './protocol.ts';

export const isRefused = (answer: unknown): answer is RefusedAck =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false;

export const refusal = (code: RefusedAck['code'], message: string, retryable: boolean): RefusedAck => ({
  ok: false,
  code,
  message,
  retryable,
});

/** The token is not accepted: another one is needed, and nothing was decided about what was asked. */
export const isAboutToken = ({ code }: RefusedAck): boolean => code === 'not_authenticated';

/** What kept a token from being fetched: final only when whoever was asked said so. */
export const refusalOfToken = (error: unknown): RefusedAck => {
  const message = error instanceof Error ? error.message : 'No token could be had.';
  const isFinal =
    typeof error === 'object' && error !== null && 'retryable' in error && error.retryable === false;
  return isFinal ? refusal('not_authenticated', message, false) : refusal('unavailable', message, true);
};
