/** Time as the product sees it, so that tests move it and a jump of the wall clock cannot break expiry. */
export interface Clock {
  /** Wall time in milliseconds since 1970 UTC: for what people read and what is stored. */
  now(): number;
  /** Milliseconds that never run backwards: for durations, expiry and limits inside one process. */
  monotonicMs(): number;
}

/** Wall time as it stands on the wire: ISO 8601 in UTC with milliseconds. */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();
