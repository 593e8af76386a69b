import { beforeEach, describe, expect, it } from 'vitest';
import {
  analysisBy,
  answering,
  failing,
  hanging,
  scriptedEngine,
} from '../../../test/support/scripted-engine.ts';
import { AiEngineFailure } from '../../errors/ai-engine-failure.ts';
import type { Cache, CacheEntry } from '../../ports/cache.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createMemoryCache } from '../memory/memory-cache.ts';
import { analysisScope, withCache } from './with-cache.ts';
import { withFallback } from './with-fallback.ts';

const up = answering('openai');

describe('the cache of analyses', () => {
  let clock: ReturnType<typeof createManualClock>;
  let cache: Cache;

  beforeEach(() => {
    clock = createManualClock();
    cache = createMemoryCache({ clock });
  });

  it('[RO8] the same text is asked once in 24 hours', async () => {
    const engine = scriptedEngine('openai', up, up);
    const cached = withCache(engine, { cache });
    await cached.analyze('Hello');
    clock.advance(86_399_999);
    expect(await cached.analyze('Hello')).toEqual(analysisBy('openai'));
    expect(engine.asked).toHaveLength(1);
    clock.advance(1);
    await cached.analyze('Hello');
    expect(engine.asked).toHaveLength(2);
  });

  it('[RO8] another text and another version are other entries', async () => {
    const engine = scriptedEngine('openai', up, up);
    const newer = { ...scriptedEngine('openai', up), version: 'openai-newer' };
    for (const text of ['Hello', 'hello']) await withCache(engine, { cache }).analyze(text);
    await withCache(newer, { cache }).analyze('Hello');
    expect(engine.asked).toEqual(['Hello', 'hello']);
    expect(newer.asked).toEqual(['Hello']);
  });

  it('[RO8] a failure is not kept', async () => {
    const engine = scriptedEngine('openai', failing(new AiEngineFailure('server_error')), up);
    const cached = withCache(engine, { cache });
    await expect(cached.analyze('Hello')).rejects.toMatchObject({ reason: 'server_error' });
    expect(await cached.analyze('Hello')).toEqual(analysisBy('openai'));
  });

  it('[RO8] an answer of the fallback is handed on and not kept, even with the cache above it', async () => {
    const primary = scriptedEngine('openai', failing(new AiEngineFailure('server_error')), up);
    const local = scriptedEngine('local', answering('local'));
    const cached = withCache(withFallback(primary, local), { cache });
    expect((await cached.analyze('Hello')).engine).toBe('local');
    expect((await cached.analyze('Hello')).engine).toBe('openai');
    expect((await cached.analyze('Hello')).engine).toBe('openai');
    expect(primary.asked).toHaveLength(2);
  });

  it('[RO8] callers at the same time share one request, and one who leaves does not end it', async () => {
    let answer: () => void = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const cached = withCache(
      scriptedEngine('openai', () => answered.then(() => analysisBy('openai'))),
      { cache },
    );
    const leaving = new AbortController();
    const first = cached.analyze('Hello', { signal: leaving.signal });
    const second = cached.analyze('Hello');
    const reason = new Error('the caller left');
    leaving.abort(reason);
    await expect(first).rejects.toBe(reason);
    answer();
    expect(await second).toEqual(analysisBy('openai'));
  });

  it('[RO8] a caller does not wait for an engine that does not listen', async () => {
    const caller = new AbortController();
    const waiting = withCache(scriptedEngine('openai', hanging), { cache }).analyze('Hello', {
      signal: caller.signal,
    });
    const reason = new Error('the caller left');
    caller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  it('[RO8] the cache never sees the words of a customer', async () => {
    const seen: CacheEntry[] = [];
    const spying: Cache = {
      ...cache,
      getOrCompute: (entry, compute) => {
        seen.push(entry);
        return compute();
      },
    };
    await withCache(scriptedEngine('openai', up), { cache: spying }).analyze('Nightingale');
    expect(seen).toHaveLength(1);
    expect(seen[0]?.scope).toBe(analysisScope);
    expect(JSON.stringify(seen)).not.toContain('Nightingale');
  });
});
