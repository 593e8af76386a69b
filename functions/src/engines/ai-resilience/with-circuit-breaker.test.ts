import { describe, expect, it } from 'vitest';
import { answering, failing, hanging, scriptedEngine } from '../../../test/support/scripted-engine.ts';
import { AiEngineFailure } from '../../errors/ai-engine-failure.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import type { CircuitState } from './circuit.ts';
import { withCircuitBreaker } from './with-circuit-breaker.ts';

const down = failing(new AiEngineFailure('server_error'));
const refused = failing(new AiEngineFailure('answer_refused'));
const up = answering('openai');

const setUp = (...steps: Parameters<typeof scriptedEngine>[1][]) => {
  const clock = createManualClock();
  const states: CircuitState[] = [];
  const engine = scriptedEngine('openai', ...steps);
  const guarded = withCircuitBreaker(engine, { clock, onStateChange: (state) => states.push(state) });
  /** The reason of each failure, or `answered`, one call after the other. */
  const call = async (times: number): Promise<string[]> => {
    const results: string[] = [];
    for (let count = 0; count < times; count += 1) {
      const failure = (error: unknown) => (error instanceof AiEngineFailure ? error.reason : String(error));
      results.push(await guarded.analyze('Hello').then(() => 'answered', failure));
    }
    return results;
  };
  return { clock, states, engine, guarded, call };
};

describe('the circuit breaker', () => {
  it('[RO8] three failures in a row open it, and then nobody asks or waits', async () => {
    const { call, engine, states } = setUp(down, down, down);
    expect(await call(5)).toEqual([...Array(3).fill('server_error'), 'circuit_open', 'circuit_open']);
    expect(engine.asked).toHaveLength(3);
    expect(states).toEqual(['open']);
  });

  it('[RO8] an answer in between starts the count again', async () => {
    const { call, states } = setUp(down, down, up, down, down, up);
    await call(6);
    expect(states).toEqual([]);
  });

  it('[RO8] refusals that a text provokes never open it', async () => {
    const { call, states } = setUp(...Array(10).fill(refused));
    expect(await call(10)).toEqual(Array(10).fill('answer_refused'));
    expect(states).toEqual([]);
  });

  it('[RO8] after the cool-down a probe that is answered closes it', async () => {
    const { call, clock, states } = setUp(down, down, down, up, up);
    await call(3);
    clock.advance(29_999);
    expect(await call(1)).toEqual(['circuit_open']);
    clock.advance(1);
    expect(await call(2)).toEqual(['answered', 'answered']);
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  it('[RO8] after the cool-down a probe that fails opens it for another one', async () => {
    const { call, clock, engine } = setUp(down, down, down, down, up);
    await call(3);
    clock.advance(30_000);
    expect(await call(2)).toEqual(['server_error', 'circuit_open']);
    clock.advance(30_000);
    expect(await call(1)).toEqual(['answered']);
    expect(engine.asked).toHaveLength(5);
  });

  it('[RO8] while the probe is under way all others are refused at once', async () => {
    const { call, clock, guarded } = setUp(down, down, down, hanging, up);
    await call(3);
    clock.advance(30_000);
    const prober = new AbortController();
    const probe = guarded.analyze('Hello', { signal: prober.signal });
    expect(await call(3)).toEqual(Array(3).fill('circuit_open'));
    prober.abort(new Error('the caller left'));
    await expect(probe).rejects.toThrow('the caller left');
    expect(await call(1)).toEqual(['answered']);
  });

  it('[RO8] callers who leave say nothing about the server', async () => {
    const { guarded, states } = setUp(hanging, hanging, hanging, hanging);
    for (let count = 0; count < 4; count += 1) {
      const caller = new AbortController();
      const answer = guarded.analyze('Hello', { signal: caller.signal });
      caller.abort(new Error('the caller left'));
      await expect(answer).rejects.toThrow('the caller left');
    }
    expect(states).toEqual([]);
  });

  it('[RO8] a straggler from before the opening changes nothing', async () => {
    let arrive: () => void = () => {};
    const late = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { call, guarded, states } = setUp(() => late.then(() => up(undefined)), down, down, down);
    const straggler = guarded.analyze('Hello');
    await call(3);
    arrive();
    await straggler;
    expect(await call(1)).toEqual(['circuit_open']);
    expect(states).toEqual(['open']);
  });

  it('[FA1] a jump of the wall clock neither opens nor closes it', async () => {
    const { call, clock } = setUp(down, down, down);
    await call(3);
    clock.jump(86_400_000);
    expect(await call(1)).toEqual(['circuit_open']);
  });

  it('[RO8] a refused caller learns when the next probe may be', async () => {
    const { call, clock, guarded } = setUp(down, down, down);
    await call(3);
    clock.advance(10_000);
    await expect(guarded.analyze('Hello')).rejects.toMatchObject({ retryAfterMs: 20_000 });
  });
});
