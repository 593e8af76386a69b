import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeOpenAi, startFakeOpenAi } from '../../../test/support/fake-openai.ts';
import { answers, type FakeReply, fails } from '../../../test/support/fake-openai-replies.ts';
import { modelAnswer } from '../../../test/support/openai-answers.ts';
import { analysisBy, answering, scriptedEngine } from '../../../test/support/scripted-engine.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createMemoryCache } from '../memory/memory-cache.ts';
import { createOpenAiEngine } from '../openai/openai-engine.ts';
import { createResilientEngine } from './resilient-engine.ts';

const apiKey = 'sk-test-0123456789';

describe('OpenAI with the local engine behind it', () => {
  let server: FakeOpenAi;

  beforeEach(async () => {
    server = await startFakeOpenAi(apiKey);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await server.close();
  });

  const open = () => {
    const clock = createManualClock();
    const reasons: string[] = [];
    const engine = createResilientEngine({
      primary: createOpenAiEngine({ apiKey, baseUrl: server.baseUrl, model: 'gpt-5-mini', clock }),
      fallback: scriptedEngine('local', ...Array.from({ length: 10 }, () => answering('local'))),
      cache: createMemoryCache({ clock }),
      clock,
      retry: { sleep: async (durationMs) => clock.advance(durationMs) },
      onFallback: (reason) => reasons.push(reason),
    });
    return { clock, engine, reasons };
  };

  const lasting: [string, number, FakeReply, string][] = [
    ['overloaded', 3, fails(429), 'rate_limited'],
    ['overloaded for long', 1, fails(429, {}, { 'retry-after': '60' }), 'rate_limited'],
    ['without quota', 1, fails(429, { code: 'insufficient_quota' }), 'quota_exhausted'],
    ['faulty', 3, fails(500), 'server_error'],
    ['cutting replies', 3, { kind: 'cut' }, 'connection'],
    ['closing connections', 3, { kind: 'reset' }, 'connection'],
    ['refusing', 1, { kind: 'content', content: null, refusal: 'No.' }, 'answer_refused'],
    ['talking nonsense', 1, { kind: 'content', content: 'Lorem ipsum' }, 'answer_unusable'],
    ['locked', 1, fails(401), 'misconfigured'],
  ];

  it.each(lasting)('[RO8] a server that is %s is asked %i times, then local answers', async (...row) => {
    const [, attempts, reply, reason] = row;
    server.plays(...Array<FakeReply>(attempts).fill(reply));
    const { engine, reasons } = open();
    expect(await engine.analyze('Hello')).toEqual(analysisBy('local'));
    expect(server.requests).toHaveLength(attempts);
    expect(reasons).toEqual([reason]);
  });

  it('[RO8] a server that is slow is waited for 10 s, then local answers', async () => {
    server.plays({ kind: 'hang', after: 'request' });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { engine, reasons } = open();
    const arrived = server.nextRequest();
    const answer = engine.analyze('Hello');
    await arrived;
    vi.advanceTimersByTime(9_999);
    expect(reasons).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(await answer).toEqual(analysisBy('local'));
    expect(reasons).toEqual(['timeout']);
  });

  it.each([408, 409, 429, 500, 502, 503, 504])('[RO8] a passing %i is not noticed', async (status) => {
    server.plays(fails(status), fails(status), answers(modelAnswer));
    const { engine, reasons } = open();
    expect((await engine.analyze('Hello')).engine).toBe('openai');
    expect(reasons).toEqual([]);
  });

  it('[RO8] an answer of the stand-in is not remembered, one of OpenAI is', async () => {
    server.plays(fails(401), answers(modelAnswer));
    const { engine } = open();
    const engines: string[] = [];
    for (let count = 0; count < 3; count += 1) engines.push((await engine.analyze('Hello')).engine);
    expect(engines).toEqual(['local', 'openai', 'openai']);
    expect(server.requests).toHaveLength(2);
  });

  it('[RO8] a dead server is left alone, remembered answers are still given, and it heals by itself', async () => {
    server.plays(answers(modelAnswer), ...Array<FakeReply>(9).fill(fails(503)), answers(modelAnswer));
    const { clock, engine, reasons } = open();
    await engine.analyze('Known');
    for (const text of ['1', '2', '3', '4', '5']) await engine.analyze(text);
    expect(server.requests).toHaveLength(10);
    expect(reasons).toEqual(['server_error', 'server_error', 'server_error', 'circuit_open', 'circuit_open']);
    expect((await engine.analyze('Known')).engine).toBe('openai');
    clock.advance(30_000);
    expect((await engine.analyze('6')).engine).toBe('openai');
  });
});
