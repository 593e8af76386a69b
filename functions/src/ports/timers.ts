/** Takes a timer back; does nothing when it has run. */
export type CancelTimer = () => void;

/** Work for later, so that tests let time pass instead of waiting. A timer never keeps the process alive. */
export interface Timers {
  after(delayMs: number, work: () => void): CancelTimer;
  every(intervalMs: number, work: () => void): CancelTimer;
}
