import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { type ErrorCode, errorCodes } from '../protocol/error-codes.ts';
import { type GatewayHarness, objectOf, startGateway } from '../testing/gateway-harness.ts';
import { answering } from '../testing/sample-operations.ts';

describe('failures', () => {
  let gateway: GatewayHarness;
  afterEach(() => gateway.server.stop());

  const failing = async (error: unknown) => {
    gateway = await startGateway({
      operations: [
        answering(() => {
          throw error;
        }),
      ],
    });
    return gateway.fetch('/api/v1/settings', { headers: { authorization: 'Bearer admin-root' } });
  };

  it.each(Object.keys(errorCodes) as ErrorCode[])('[HT2] %s goes out as the registry says', async (code) => {
    const reply = await failing(new AppError(code, 'What to do.'));
    expect(reply.status).toBe(errorCodes[code].status);
    expect(reply.headers.get('content-type')).toBe('application/problem+json');
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(await reply.json()).toEqual({
      type: `/docs/errors#${code}`,
      title: errorCodes[code].title,
      status: errorCodes[code].status,
      detail: 'What to do.',
      code,
      requestId: reply.headers.get('x-request-id'),
    });
  });

  it('[HT2] carries the list of mistakes', async () => {
    const errors = [{ path: 'skills.0.level', message: 'from 1 to 5' }];
    const reply = await failing(new AppError('validation_failed', 'Correct it.', { errors }));
    expect((await objectOf(reply)).errors).toEqual(errors);
  });

  it('[HT3] 503 and 429 say when to come back, rounded up to whole seconds', async () => {
    const reply = await failing(new AppError('unavailable', 'Later.', { retryAfterMs: 1_200 }));
    expect(reply.headers.get('retry-after')).toBe('2');
    await gateway.server.stop();
    expect((await failing(new AppError('rate_limited', 'Later.'))).headers.get('retry-after')).toBe('5');
  });

  it('[HT3] 401 names the scheme', async () => {
    const reply = await failing(new AppError('not_authenticated', 'Sign in.'));
    expect(reply.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each([
    ['an error', new Error('SELECT * FROM secrets failed in /srv/app/store.js')],
    ['a text', 'SELECT * FROM secrets'],
    ['nothing', undefined],
    ['an object of a library', { status: 'bad', statusCode: 200, message: 'secrets' }],
    ['an error with a status of its own', Object.assign(new Error('secrets'), { status: 500 })],
  ])('[HT2] %s that nobody expected shows nothing of the inside', async (_name, thrown) => {
    const reply = await failing(thrown);
    const text = await reply.text();
    expect(reply.status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({
      code: 'internal',
      requestId: reply.headers.get('x-request-id'),
    });
    expect(text).not.toMatch(/secrets|SELECT|store\.js/);
  });

  it('[HT5] the log keeps what the reply hides, under the same request id', async () => {
    const reply = await failing(new Error('disk on fire'));
    const line = gateway.logLines().find((entry) => entry.status === 500);
    expect(line).toMatchObject({
      level: 'error',
      requestId: reply.headers.get('x-request-id'),
      err: { type: 'Error', message: 'disk on fire', stack: expect.stringContaining('problem.test') },
    });
  });

  it('[HT2] a reply that cannot be written as JSON is a failure of ours', async () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    gateway = await startGateway({ operations: [answering(() => ({ status: 200, body: circular }))] });
    const reply = await gateway.fetch('/api/v1/settings', {
      headers: { authorization: 'Bearer admin-root' },
    });
    expect(reply.status).toBe(500);
    expect(await reply.json()).toMatchObject({ code: 'internal' });
  });
});
