export interface Deadline {
  /** Longest wait in milliseconds, by a monotonic timer; without it only the signal ends the wait. */
  limitMs?: number;
  /** The caller's own wish to stop. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs `work` with a signal that aborts when the caller's does or when the time is over, and stops waiting then
 * even if `work` does not listen. Rejects with the caller's reason, or with a DOMException named TimeoutError.
 * Timer and listener are gone when it settles, which AbortSignal.timeout and AbortSignal.any do not promise.
 */
export const withinDeadline = async <Result>(
  { limitMs, signal }: Deadline,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  const expire = () => controller.abort(new DOMException('The time is over', 'TimeoutError'));
  const timer = limitMs === undefined ? undefined : setTimeout(expire, limitMs);
  signal?.addEventListener('abort', stop, { once: true });
  const stopped = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
  });
  try {
    return await Promise.race([work(controller.signal), stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
};
