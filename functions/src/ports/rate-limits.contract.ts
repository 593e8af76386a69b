import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RateLimits } from './rate-limits.ts';

/** One engine under test, with its own empty data. */
export interface RateLimitsUnderTest {
  limits: RateLimits;
  /** Lets time pass for the engine. */
  advance(milliseconds: number): Promise<void>;
  /** Another node on the same data; engines that live in one process have none. */
  otherNode?: RateLimits;
}

/** What every engine of the rate limits must do. */
export const describeRateLimits = (engine: string, create: () => Promise<RateLimitsUnderTest>): void => {
  describe(`rate limits: ${engine}`, () => {
    let subject: RateLimitsUnderTest;
    const windowMs = 2_000;

    beforeEach(async () => {
      subject = await create();
    });
    afterEach(async () => {
      await subject.limits.close();
      await subject.otherNode?.close();
    });

    it('[HT4] counts the requests of a key from 1', async () => {
      const counts = [];
      for (let request = 0; request < 3; request += 1) {
        counts.push((await subject.limits.hit('a', windowMs)).count);
      }
      expect(counts).toEqual([1, 2, 3]);
    });

    it('[HT4] counts keys apart', async () => {
      await subject.limits.hit('a', windowMs);
      expect((await subject.limits.hit('b', windowMs)).count).toBe(1);
    });

    it('[HT4] a window is fixed: later requests do not make it longer', async () => {
      const first = await subject.limits.hit('a', windowMs);
      await subject.advance(500);
      const second = await subject.limits.hit('a', windowMs);
      expect(first.resetMs).toBeLessThanOrEqual(windowMs);
      expect(first.resetMs).toBeGreaterThan(windowMs - 500);
      expect(second.resetMs).toBeLessThanOrEqual(windowMs - 500);
      expect(second.resetMs).toBeGreaterThan(0);
    });

    it('[HT4] begins again when the window has ended', async () => {
      await subject.limits.hit('a', windowMs);
      await subject.limits.hit('a', windowMs);
      await subject.advance(windowMs + 1);
      expect((await subject.limits.hit('a', windowMs)).count).toBe(1);
    });

    it('[HT4] loses no concurrent request', async () => {
      const states = await Promise.all(
        Array.from({ length: 100 }, async () => subject.limits.hit('a', windowMs)),
      );
      expect(new Set(states.map((state) => state.count)).size).toBe(100);
    });

    it('[HT4] every node adds to one count', async () => {
      await (subject.otherNode ?? subject.limits).hit('a', windowMs);
      expect((await subject.limits.hit('a', windowMs)).count).toBe(2);
    });
  });
};
