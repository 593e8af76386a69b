/// <reference path="./on-exit-leak-free.d.ts" />
import { register } from 'on-exit-leak-free';
import type { DestinationStream } from 'pino';
import sonicBoom from 'sonic-boom';

/** Where log lines go. */
export interface LogOutput extends DestinationStream {
  /**
   * Calls back when what was written so far is out, or cannot get out any more, or was not taken within a second
   * (then perhaps once more, when it is).
   */
  flush(done: () => void): void;
  flushSync(): void;
}

/**
 * Lines are written together, because one system call each costs more than making the line. What is buffered
 * goes out after this time, on a fatal line and at every exit but SIGKILL. Less than the 16 KiB that are written
 * at once.
 */
const bufferBytes = 16_000;
const flushMs = 1_000;

/** Of what a reader who stands still has not taken; what comes on top is dropped. */
const mostBytes = 16_000_000;

/** So long an orderly end waits for a reader who stands still. */
const mostFlushMs = 1_000;

/** Tries, 100 ms apart, to be rid of the last lines when the reader takes none. */
const lastTries = 10;

/**
 * The process's standard output for log lines. A reader who is gone costs the lines and nothing else: the process
 * goes on, and ends when it is to end.
 */
export const openStandardOutput = (): LogOutput => {
  let tries = Number.POSITIVE_INFINITY;
  let gone = false;
  const output = new sonicBoom.SonicBoom({
    fd: 1,
    sync: false,
    minLength: bufferBytes,
    periodicFlush: flushMs,
    maxLength: mostBytes,
    retryEAGAIN: () => tries-- > 0,
  });
  output.on('error', () => {
    gone = true;
  });
  const flushSync = (): void => {
    if (gone) return;
    tries = lastTries;
    try {
      output.flushSync();
    } catch {
      gone = true;
    }
    tries = Number.POSITIVE_INFINITY;
  };
  register(output, (_, event) => {
    if (event === 'exit') flushSync();
  });
  return {
    write: (line) => {
      if (!gone) output.write(line);
    },
    flush: (done) => {
      if (gone) return done();
      const deadline = setTimeout(done, mostFlushMs);
      output.flush(() => {
        clearTimeout(deadline);
        done();
      });
    },
    flushSync,
  };
};
