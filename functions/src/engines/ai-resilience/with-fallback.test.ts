import { describe, expect, it } from 'vitest';
import {
  analysisBy,
  answering,
  failing,
  hanging,
  scriptedEngine,
} from '../../../test/support/scripted-engine.ts';
import { AiEngineFailure } from '../../errors/ai-engine-failure.ts';
import { withFallback } from './with-fallback.ts';

describe('the fallback', () => {
  it('[RO8] stays out of the way while the primary answers', async () => {
    const local = scriptedEngine('local');
    const engine = withFallback(scriptedEngine('openai', answering('openai')), local);
    expect(await engine.analyze('Hello')).toEqual(analysisBy('openai'));
    expect(local.asked).toEqual([]);
  });

  it.each([
    [new AiEngineFailure('quota_exhausted'), 'quota_exhausted'],
    [new TypeError('something nobody thought of'), 'unexpected'],
  ])('[RO8] answers after "%s", says so and tells why', async (error, expected) => {
    const reasons: string[] = [];
    const primary = scriptedEngine('openai', failing(error));
    const engine = withFallback(primary, scriptedEngine('local', answering('local')), {
      onFallback: (reason) => reasons.push(reason),
    });
    expect((await engine.analyze('Hello')).engine).toBe('local');
    expect(reasons).toEqual([expected]);
  });

  it('[RO8] a caller who left gets no answer from the fallback either', async () => {
    const local = scriptedEngine('local');
    const caller = new AbortController();
    const answer = withFallback(scriptedEngine('openai', hanging), local).analyze('Hello', {
      signal: caller.signal,
    });
    const reason = new Error('the caller left');
    caller.abort(reason);
    await expect(answer).rejects.toBe(reason);
    expect(local.asked).toEqual([]);
  });

  it('[RO8] has the version of both', () => {
    const engine = withFallback(scriptedEngine('openai'), scriptedEngine('local'));
    expect(engine.name).toBe('openai');
    expect(engine.version).toBe('openai-scripted+local-scripted');
  });
});
