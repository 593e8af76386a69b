import { describe, expect, it } from 'vitest';
import { describeCache } from '../../ports/cache.contract.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createMemoryCache } from './memory-cache.ts';

describeCache('memory', async () => {
  const clock = createManualClock();
  return {
    cache: createMemoryCache({ clock }),
    advance: async (milliseconds) => clock.advance(milliseconds),
  };
});

describe('memory cache', () => {
  it('[FA] a jump of the wall clock neither ends nor prolongs a value', async () => {
    const clock = createManualClock();
    const cache = createMemoryCache({ clock });
    const read = (value: string) =>
      cache.getOrCompute({ scope: 's', key: 'k', ttlMs: 1_000 }, async () => value);
    await read('first');
    clock.jump(86_400_000);
    expect(await read('second')).toBe('first');
    clock.jump(-2 * 86_400_000);
    clock.advance(1_000);
    expect(await read('third')).toBe('third');
  });

  it('[HT6] holds at most twice its size and forgets the least recently used', async () => {
    const cache = createMemoryCache({ clock: createManualClock(), maximumEntries: 10 });
    const read = (key: string, value: string) =>
      cache.getOrCompute({ scope: `session:${key}`, key, ttlMs: 1_000 }, async () => value);
    for (let index = 0; index < 100; index += 1) await read(`key-${index}`, 'first');
    expect(await read('key-0', 'again')).toBe('again');
    expect(await read('key-99', 'again')).toBe('first');
  });

  it('[HT6] a value that was computed while many others came is forgotten like any other', async () => {
    const clock = createManualClock();
    const cache = createMemoryCache({ clock, maximumEntries: 2 });
    const read = (scope: string, value: string | Promise<string>) =>
      cache.getOrCompute({ scope, key: 'k', ttlMs: 1_000 }, async () => value);
    const fill = async (scopes: readonly string[]) => {
      for (const scope of scopes) await read(scope, scope);
    };
    await read('settings', 'first');
    clock.advance(1_000);
    let finish: (value: string) => void = () => undefined;
    const slow = read(
      'settings',
      new Promise<string>((resolve) => {
        finish = resolve;
      }),
    );
    await fill(['a']);
    finish('second');
    await slow;
    await fill(['b']);
    expect(await read('settings', 'third')).toBe('second');
    await cache.invalidate(['settings']);
    expect(await read('settings', 'fourth')).toBe('fourth');
  });
});
