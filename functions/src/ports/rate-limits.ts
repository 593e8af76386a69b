/** State of one counter after a request was counted. */
export interface RateLimitState {
  /** Requests counted in the current window, this one included. */
  count: number;
  /** Milliseconds until the window ends and the count begins again. */
  resetMs: number;
}

/** Counts requests in fixed windows. */
export interface RateLimits {
  /** Counts one request of `key` in its current window of `windowMs`. */
  hit(key: string, windowMs: number): RateLimitState | Promise<RateLimitState>;
  close(): Promise<void>;
}
