import { describe, expect, it } from 'vitest';
import type { AnalysisCache } from './analysis-cache.ts';

/** What every engine that keeps analyses must do. `open` gives the same data each time it is called. */
export const describeAnalysisCache = (
  engine: string,
  create: () => Promise<{ open: () => AnalysisCache }>,
): void => {
  describe(`analysis cache: ${engine}`, () => {
    it('[DO5] gives what was put, at once and after it was opened again', async () => {
      const { open } = await create();
      const cache = open();
      const values = { 'a.1': '{"text":"Größe ✓"}', 'b.2': '', 'c.3': 'x'.repeat(100_000) };
      for (const [key, value] of Object.entries(values)) cache.put(key, value);
      expect(cache.get('a.1')).toBe(values['a.1']);
      await cache.flush();
      const again = open();
      for (const [key, value] of Object.entries(values)) expect(again.get(key)).toBe(value);
      expect(again.get('d.4')).toBeUndefined();
    });

    it('[DO5] the last value of a key counts', async () => {
      const { open } = await create();
      const cache = open();
      cache.put('a', '1');
      await cache.flush();
      cache.put('a', '2');
      await cache.flush();
      expect(open().get('a')).toBe('2');
    });

    it('[DO5] two at once lose nothing of each other', async () => {
      const { open } = await create();
      const [one, other] = [open(), open()];
      one.put('a', '1');
      other.put('b', '2');
      await Promise.all([one.flush(), other.flush()]);
      expect([open().get('a'), open().get('b')]).toEqual(['1', '2']);
    });
  });
};
