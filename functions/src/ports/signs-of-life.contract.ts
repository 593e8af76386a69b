import { beforeEach, describe, expect, it } from 'vitest';
import type { SignsOfLife } from './signs-of-life.ts';

/** One engine under test, with its own empty data. */
export interface SignsOfLifeUnderTest {
  signs: SignsOfLife;
  /** Lets time pass for the engine. */
  advance(milliseconds: number): Promise<void>;
  /** Another node on the same data; engines that live in one process have none. */
  otherNode?: SignsOfLife;
}

/** What every engine of the signs of life must do. */
export const describeSignsOfLife = (engine: string, create: () => Promise<SignsOfLifeUnderTest>): void => {
  describe(`signs of life: ${engine}`, () => {
    let subject: SignsOfLifeUnderTest;
    const heardOf = (userIds: string[], withinMs = 2_000) =>
      expect.poll(async () => [...(await subject.signs.within(userIds, withinMs))].sort());

    beforeEach(async () => {
      subject = await create();
    });

    it('[RO6] knows whom it has heard of, and of nobody else', async () => {
      subject.signs.note('a');
      subject.signs.note('b');
      await heardOf(['a', 'b', 'c']).toEqual(['a', 'b']);
      await heardOf(['b']).toEqual(['b']);
      await heardOf([]).toEqual([]);
    });

    it('[RO6] forgets after the time that was asked for, from the last sign on', async () => {
      subject.signs.note('a');
      subject.signs.note('b');
      await heardOf(['a', 'b']).toEqual(['a', 'b']);
      await subject.advance(1_500);
      subject.signs.note('b');
      await subject.advance(1_000);
      await heardOf(['a', 'b']).toEqual(['b']);
      await heardOf(['a', 'b'], 60_000).toEqual(['a', 'b']);
    });

    it('[RO6] hears what other nodes hear, as long as they go on hearing it', async () => {
      const other = subject.otherNode ?? subject.signs;
      for (let second = 0; second < 8; second += 1) {
        other.note('a');
        await subject.advance(1_000);
      }
      await heardOf(['a'], 10_000).toEqual(['a']);
    });
  });
};
