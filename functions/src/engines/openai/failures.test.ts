import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeOpenAi, startFakeOpenAi } from '../../../test/support/fake-openai.ts';
import { type FakeReply, fails } from '../../../test/support/fake-openai-replies.ts';
import { createOpenAiEngine } from './openai-engine.ts';

const apiKey = 'sk-secret-0123456789';
const prompt = 'my confidential artwork for Operation Nightingale';
const now = Date.parse('2026-05-04T08:00:00.000Z');

/** Real servers repeat parts of the key and of the prompt in their messages. */
const echo = { message: `Incorrect API key ${apiKey}, prompt was: ${prompt}` };

const cases: [string, FakeReply, object][] = [
  ['400', fails(400, echo), { reason: 'request_refused', retryable: false, countsAgainstServer: false }],
  ['401', fails(401, echo), { reason: 'misconfigured', retryable: false, countsAgainstServer: true }],
  ['403', fails(403, echo), { reason: 'misconfigured', retryable: false }],
  ['404', fails(404, echo), { reason: 'misconfigured', retryable: false }],
  ['408', fails(408, echo), { reason: 'server_error', retryable: true }],
  ['409', fails(409, echo), { reason: 'server_error', retryable: true }],
  ['429', fails(429, echo), { reason: 'rate_limited', retryable: true, retryAfterMs: undefined }],
  ['429 in seconds', fails(429, echo, { 'retry-after': '7' }), { retryAfterMs: 7_000 }],
  ['429 in milliseconds', fails(429, echo, { 'retry-after-ms': '250' }), { retryAfterMs: 250 }],
  [
    '429 with a date',
    fails(429, echo, { 'retry-after': 'Mon, 04 May 2026 08:00:20 GMT' }),
    { retryAfterMs: 20_000 },
  ],
  [
    '429 with a past date',
    fails(429, echo, { 'retry-after': 'Mon, 04 May 2020 08:00:00 GMT' }),
    { retryAfterMs: 0 },
  ],
  ['429 with nonsense', fails(429, echo, { 'retry-after': 'soon' }), { retryAfterMs: undefined }],
  [
    '429 without quota',
    fails(429, { ...echo, code: 'insufficient_quota' }),
    { reason: 'quota_exhausted', retryable: false },
  ],
  ['500', fails(500, echo), { reason: 'server_error', retryable: true, upstreamStatus: 500 }],
  ['503', fails(503, echo, { 'retry-after': '2' }), { reason: 'server_error', retryAfterMs: 2_000 }],
  [
    'a refusal',
    { kind: 'content', content: null, refusal: `I cannot help with ${prompt}` },
    { reason: 'answer_refused', retryable: false, countsAgainstServer: false },
  ],
  [
    'a content filter',
    { kind: 'content', content: prompt, finishReason: 'content_filter' },
    { reason: 'answer_refused', countsAgainstServer: false },
  ],
  [
    'an answer that was cut for length',
    { kind: 'content', content: `{"category":"${prompt}`, finishReason: 'length' },
    { reason: 'answer_truncated', retryable: false },
  ],
  [
    'a wrong shape',
    { kind: 'content', content: JSON.stringify({ mood: prompt }) },
    { reason: 'answer_unusable', retryable: false, countsAgainstServer: true },
  ],
  ['broken JSON', { kind: 'content', content: `{"category": ${prompt}` }, { reason: 'answer_unusable' }],
  ['empty content', { kind: 'content', content: '' }, { reason: 'answer_unusable' }],
  ['a completion without choices', { kind: 'body', body: '{"choices":[]}' }, { reason: 'answer_unusable' }],
  ['a body that is no completion', { kind: 'body', body: `"${prompt}"` }, { reason: 'answer_unusable' }],
  ['a body that is no JSON', { kind: 'body', body: `<${prompt}` }, { reason: 'answer_unusable' }],
  ['a page', { kind: 'body', body: prompt, contentType: 'text/html' }, { reason: 'answer_unusable' }],
  ['an empty body', { kind: 'body', body: '' }, { reason: 'answer_unusable' }],
  ['a cut body', { kind: 'cut' }, { reason: 'connection', retryable: true }],
  ['a broken connection', { kind: 'reset' }, { reason: 'connection', retryable: true }],
];

describe('failures of the OpenAI engine', () => {
  let server: FakeOpenAi;

  beforeEach(async () => {
    server = await startFakeOpenAi(apiKey);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await server.close();
  });

  const failureOf = (baseUrl: string): Promise<unknown> =>
    createOpenAiEngine({ apiKey, baseUrl, model: 'gpt-5-mini', clock: { now: () => now } })
      .analyze(prompt)
      .then(
        () => expect.fail('an answer was not expected'),
        (error: unknown) => error,
      );

  it.each(cases)('[RO8] %s is told as what it is', async (_label, reply, expected) => {
    server.plays(reply);
    const error = await failureOf(server.baseUrl);
    expect(error).toMatchObject({ code: 'unavailable', ...expected });
    expect(server.requests).toHaveLength(1);
  });

  it.each(cases)('[RO8] %s puts no key and no prompt into error or log', async (_label, reply) => {
    vi.stubEnv('OPENAI_LOG', 'debug');
    const written: unknown[] = [];
    for (const method of ['debug', 'info', 'log', 'warn', 'error'] as const) {
      vi.spyOn(console, method).mockImplementation((...parts) => written.push(parts));
    }
    server.plays(reply);
    const everything = inspect(await failureOf(server.baseUrl), { depth: 10, showHidden: true });
    expect(everything).not.toContain(apiKey);
    expect(everything).not.toContain('Nightingale');
    expect(written).toEqual([]);
  });

  it('[RO8] a server that is not there is a connection failure', async () => {
    const gone = await startFakeOpenAi(apiKey);
    const { baseUrl } = gone;
    await gone.close();
    expect(await failureOf(baseUrl)).toMatchObject({ reason: 'connection', retryable: true });
  });
});
