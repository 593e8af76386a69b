import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeOpenAi, startFakeOpenAi, textOf } from '../../../test/support/fake-openai.ts';
import { answers, fails } from '../../../test/support/fake-openai-replies.ts';
import { modelAnswer } from '../../../test/support/openai-answers.ts';
import { expectAnalysis } from '../../ports/ai-engine.contract.ts';
import { createOpenAiEngine } from './openai-engine.ts';

const apiKey = 'sk-test-0123456789';
const clock = { now: () => Date.parse('2026-05-04T08:00:00.000Z') };

describe('the OpenAI engine', () => {
  let server: FakeOpenAi;

  beforeEach(async () => {
    server = await startFakeOpenAi(apiKey);
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    await server.close();
  });

  const open = (model = 'gpt-5-mini') =>
    createOpenAiEngine({ apiKey, baseUrl: server.baseUrl, model, clock });

  it('[RO8] asks for structured output by a closed schema without free text', async () => {
    server.plays(answers(modelAnswer));
    await open().analyze('The bleed is cut off');
    const { schema, strict } = server.requests[0]?.response_format.json_schema ?? {};
    expect(strict).toBe(true);
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(schema?.required).toEqual(Object.keys(modelAnswer));
    for (const [, text] of JSON.stringify(schema).matchAll(/("type":"string"[^}]*)/g)) {
      expect(text).toContain('"enum":[');
    }
  });

  it('[RO8] takes over what the model says, less certain than the model', async () => {
    server.plays(answers(modelAnswer));
    const analysis = await open().analyze('The bleed is cut off');
    expect(analysis).toMatchObject({
      category: 'technical',
      sentiment: 'negative',
      score: -0.4,
      emotion: 'frustrated',
      urgency: 'high',
      complexity: 4,
      visual: true,
      language: 'en',
      engine: 'openai',
    });
    expect(analysis.confidence).toBeGreaterThan(0.6);
    expect(analysis.confidence).toBeLessThan(0.8);
  });

  it('[RO8] bounds the answer and asks each kind of model for its steadiest one', async () => {
    server.always(() => answers(modelAnswer));
    for (const model of ['gpt-4o-mini', 'gpt-5-mini', 'o4-mini']) await open(model).analyze('Hello');
    const [plain, minimal, reasoning] = server.requests;
    expect(plain).toMatchObject({ temperature: 0, seed: 1, max_completion_tokens: 600 });
    expect(minimal).toMatchObject({ reasoning_effort: 'minimal', max_completion_tokens: 3_000 });
    expect(minimal).not.toHaveProperty('temperature');
    expect(reasoning).toMatchObject({ reasoning_effort: 'low' });
  });

  it('[RO8] a parameter that the server does not know is left out, then and later', async () => {
    server.plays(
      fails(400, { param: 'seed', code: 'unsupported_parameter' }),
      fails(400, { param: 'max_completion_tokens', code: 'unsupported_parameter' }),
    );
    server.always(() => answers(modelAnswer));
    const engine = open('local-llm');
    await engine.analyze('Hello');
    await engine.analyze('Hello again');
    expect(server.requests).toHaveLength(4);
    for (const request of server.requests.slice(2)) {
      expect(request).toMatchObject({ temperature: 0, max_tokens: 600 });
      expect(request).not.toHaveProperty('seed');
      expect(request).not.toHaveProperty('max_completion_tokens');
    }
  });

  it('[RO8] sends a long text by its start and its end', async () => {
    server.plays(answers(modelAnswer));
    await open().analyze(`first words ${'x'.repeat(100_000)} last words`);
    const sent = textOf(server.requests[0] ?? expect.fail('no request'));
    expect(sent).toHaveLength(8_000);
    expect(sent).toMatch(/^first words x+ \[\.\.\.\] x+ last words$/);
  });

  it('[RO8] has another version for another model and another server', () => {
    const version = (model: string, baseUrl: string) =>
      createOpenAiEngine({ apiKey, model, baseUrl, clock }).version;
    const versions = [
      version('a', 'http://one.example'),
      version('b', 'http://one.example'),
      version('a', 'http://two.example'),
    ];
    expect(new Set(versions).size).toBe(3);
    expect(version('a', 'http://one.example')).toBe(versions[0]);
    expect(versions.join()).not.toContain(apiKey);
  });

  it.each(['request', 'headers'] as const)(
    '[RO8] a server that hangs after the %s times out',
    async (after) => {
      server.plays({ kind: 'hang', after });
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const fetched = vi.spyOn(globalThis, 'fetch');
      const arrived = server.nextRequest();
      const outcome = expect(open().analyze('Hello')).rejects.toMatchObject({ reason: 'timeout' });
      await arrived;
      if (after === 'headers') await fetched.mock.results[0]?.value;
      vi.advanceTimersByTime(10_000);
      await outcome;
    },
  );

  it('[RO8] a slow answer within the time is taken', async () => {
    server.plays({ kind: 'slow', until: server.nextRequest(), reply: answers(modelAnswer) });
    expectAnalysis(await open().analyze('Hello'), 'openai');
  });

  it.each(['request', 'headers'] as const)(
    '[RO8] a caller who leaves after the %s ends the request with its own reason',
    async (after) => {
      server.plays({ kind: 'hang', after });
      const controller = new AbortController();
      const arrived = server.nextRequest();
      const answer = open().analyze('Hello', { signal: controller.signal });
      const reason = new Error('the caller left');
      void arrived.then(() => controller.abort(reason));
      await expect(answer).rejects.toBe(reason);
    },
  );
});
