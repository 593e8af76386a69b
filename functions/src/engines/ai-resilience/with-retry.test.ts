import { describe, expect, it } from 'vitest';
import {
  analysisBy,
  answering,
  failing,
  hanging,
  scriptedEngine,
} from '../../../test/support/scripted-engine.ts';
import { AiEngineFailure } from '../../errors/ai-engine-failure.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { type RetryOptions, withRetry } from './with-retry.ts';

const passing = new AiEngineFailure('server_error');
const lasting = new AiEngineFailure('misconfigured');
const asked = (retryAfterMs: number) => new AiEngineFailure('rate_limited', { retryAfterMs });

/** Pauses pass on the manual clock and are written down. */
const setUp = (engine: ReturnType<typeof scriptedEngine>, options: Partial<RetryOptions> = {}) => {
  const clock = createManualClock();
  const pauses: number[] = [];
  const sleep = async (durationMs: number) => {
    pauses.push(durationMs);
    clock.advance(durationMs);
  };
  return { pauses, retried: withRetry(engine, { clock, sleep, random: () => 1, ...options }) };
};

describe('retries', () => {
  it('[RO8] asks twice more, with pauses that double', async () => {
    const engine = scriptedEngine('openai', failing(passing), failing(passing), answering('openai'));
    const { pauses, retried } = setUp(engine);
    expect(await retried.analyze('Hello')).toEqual(analysisBy('openai'));
    expect(engine.asked).toEqual(['Hello', 'Hello', 'Hello']);
    expect(pauses).toEqual([500, 1_000]);
  });

  it('[RO8] pauses are random below the bound', async () => {
    const engine = scriptedEngine('openai', failing(passing), failing(passing), answering('openai'));
    const { pauses, retried } = setUp(engine, { random: () => 0.25 });
    await retried.analyze('Hello');
    expect(pauses).toEqual([125, 250]);
  });

  it('[RO8] gives up after the third attempt', async () => {
    const engine = scriptedEngine('openai', failing(passing), failing(passing), failing(passing));
    await expect(setUp(engine).retried.analyze('Hello')).rejects.toBe(passing);
    expect(engine.asked).toHaveLength(3);
  });

  it('[RO8] what will not pass is not tried again', async () => {
    const engine = scriptedEngine('openai', failing(lasting));
    await expect(setUp(engine).retried.analyze('Hello')).rejects.toBe(lasting);
    expect(engine.asked).toHaveLength(1);
  });

  it('[RO8] waits as long as the server asks', async () => {
    const engine = scriptedEngine('openai', failing(asked(3_000)), answering('openai'));
    const { pauses, retried } = setUp(engine);
    await retried.analyze('Hello');
    expect(pauses).toEqual([3_000]);
  });

  it('[RO8] does not wait when the server asks for more than the budget', async () => {
    const engine = scriptedEngine('openai', failing(asked(12_000)));
    const { pauses, retried } = setUp(engine);
    await expect(retried.analyze('Hello')).rejects.toMatchObject({ reason: 'rate_limited' });
    expect(pauses).toEqual([]);
  });

  it('[RO8] the pauses of all attempts share one budget', async () => {
    const engine = scriptedEngine('openai', failing(asked(7_000)), failing(asked(7_000)));
    const { pauses, retried } = setUp(engine);
    await expect(retried.analyze('Hello')).rejects.toMatchObject({ reason: 'rate_limited' });
    expect(pauses).toEqual([7_000]);
  });

  it('[RO8] an attempt is cut when the budget is spent', async () => {
    const engine = scriptedEngine('openai', hanging);
    await expect(setUp(engine, { budgetMs: 20 }).retried.analyze('Hello')).rejects.toMatchObject({
      reason: 'timeout',
      retryable: false,
    });
  });

  it('[RO8] a caller who leaves during a pause ends it with its own reason', async () => {
    const controller = new AbortController();
    const reason = new Error('the caller left');
    const engine = scriptedEngine('openai', failing(passing));
    const sleep = (_durationMs: number, signal: AbortSignal) =>
      new Promise((_done, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        controller.abort(reason);
      });
    const { retried } = setUp(engine, { sleep });
    await expect(retried.analyze('Hello', { signal: controller.signal })).rejects.toBe(reason);
    expect(engine.asked).toHaveLength(1);
  });

  it('[RO8] without a sleep of its own it really pauses', async () => {
    const engine = scriptedEngine('openai', failing(passing), answering('openai'));
    const retried = withRetry(engine, { clock: createManualClock(), firstPauseMs: 1 });
    expect(await retried.analyze('Hello')).toEqual(analysisBy('openai'));
  });
});
