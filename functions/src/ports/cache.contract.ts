import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cache } from './cache.ts';

/** One engine under test, with its own empty data. */
export interface CacheUnderTest {
  cache: Cache;
  /** Lets time pass for the engine. */
  advance(milliseconds: number): Promise<void>;
  /** Another node on the same data; engines that live in one process have none. */
  otherNode?: Cache;
}

/** A promise that is fulfilled from outside, to hold a computation under way. */
const held = <Value>(): { promise: Promise<Value>; release: (value: Value) => void } => {
  let release: (value: Value) => void = () => {};
  const promise = new Promise<Value>((resolve) => {
    release = resolve;
  });
  return { promise, release };
};

/** What every engine of the cache must do. */
export const describeCache = (engine: string, create: () => Promise<CacheUnderTest>): void => {
  describe(`cache: ${engine}`, () => {
    let subject: CacheUnderTest;
    const entry = (key: string, scope = 'articles') => ({ scope, key, ttlMs: 1_000 });
    const read = (value: string, key = 'one', scope?: string) =>
      subject.cache.getOrCompute(entry(key, scope), async () => value);

    beforeEach(async () => {
      subject = await create();
    });
    afterEach(async () => {
      await subject.cache.close();
      await subject.otherNode?.close();
    });

    it('[HT6] computes once and then answers from the cache', async () => {
      expect(await read('first')).toBe('first');
      expect(await read('second')).toBe('first');
    });

    it('[HT6] keeps the same key of two scopes apart', async () => {
      await read('of articles', 'one', 'articles');
      expect(await read('of skills', 'one', 'skills')).toBe('of skills');
    });

    it('[HT6] keeps every JSON value, also null, false and empty text', async () => {
      for (const value of [null, false, 0, '', [], { deep: [{ a: 1 }] }]) {
        const key = JSON.stringify(value);
        await subject.cache.getOrCompute<unknown>(entry(key), async () => value);
        expect(await subject.cache.getOrCompute<unknown>(entry(key), async () => 'again')).toEqual(value);
      }
    });

    it('[HT6] computes again after the time to live', async () => {
      await read('first');
      await subject.advance(999);
      expect(await read('second')).toBe('first');
      await subject.advance(1_001);
      expect(await read('third')).toBe('third');
    });

    it('[HT6] concurrent misses make one computation', async () => {
      let computations = 0;
      const gate = held<string>();
      const compute = () => {
        computations += 1;
        return gate.promise;
      };
      const readers = Array.from({ length: 20 }, () => subject.cache.getOrCompute(entry('slow'), compute));
      gate.release('value');
      expect(new Set(await Promise.all(readers))).toEqual(new Set(['value']));
      expect(computations).toBe(1);
    });

    it('[HT6] a write invalidates the whole scope and nothing else', async () => {
      await read('one', 'one');
      await read('two', 'two');
      await read('other', 'one', 'skills');
      await subject.cache.invalidate(['articles']);
      expect(await read('new one', 'one')).toBe('new one');
      expect(await read('new two', 'two')).toBe('new two');
      expect(await read('new other', 'one', 'skills')).toBe('other');
    });

    it('[HT6] invalidation while computing: the value is not kept, later readers compute anew', async () => {
      const gate = held<string>();
      const before = subject.cache.getOrCompute(entry('one'), () => gate.promise);
      await subject.cache.invalidate(['articles']);
      const after = read('new');
      gate.release('old');
      expect(await before).toBe('old');
      expect(await after).toBe('new');
      expect(await read('third')).toBe('new');
    });

    it('[HT6] a failed computation fails its readers and is not kept', async () => {
      const fail = () => Promise.reject(new Error('engine gone'));
      await expect(subject.cache.getOrCompute(entry('one'), fail)).rejects.toThrow('engine gone');
      expect(await read('value')).toBe('value');
    });

    it('[HT6] an invalidation reaches every node at once', async () => {
      const reader = subject.otherNode ?? subject.cache;
      await reader.getOrCompute(entry('one'), async () => 'old');
      await subject.cache.invalidate(['articles']);
      expect(await reader.getOrCompute(entry('one'), async () => 'new')).toBe('new');
    });

    it('[EN1] closes twice without harm', async () => {
      await subject.cache.close();
      await expect(subject.cache.close()).resolves.toBeUndefined();
    });
  });
};
