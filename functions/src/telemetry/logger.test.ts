import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';
import { scrub } from './scrub.ts';

const capture = () => {
  let text = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return { logger: createLogger({ level: 'info', destination }), text: () => text };
};

describe('logger', () => {
  it('[EN4] hides secrets by name, at the top and one level down', () => {
    const { logger, text } = capture();
    logger.info({
      password: 'hush',
      request: { authorization: 'hush', body: 'hush' },
      apiKey: 'hush',
      kept: 1,
    });
    expect(text()).not.toContain('hush');
    expect(JSON.parse(text())).toMatchObject({ password: '[redacted]', kept: 1 });
  });

  it('[HT5] logs an error without what a library hung on it, and scrubs its texts', () => {
    const { logger, text } = capture();
    const cause = new Error('401 for Bearer abcdef.ghijkl');
    const error = Object.assign(new Error('request to https://user:hush@api.test failed', { cause }), {
      config: { headers: { authorization: 'hush' } },
      code: 'ECONNREFUSED',
    });
    logger.error({ err: error }, 'engine');
    const line = JSON.parse(text());
    expect(line.err).toMatchObject({ type: 'Error', code: 'ECONNREFUSED', cause: { type: 'Error' } });
    expect(text()).not.toMatch(/hush|abcdef/);
  });

  it('[HT5] logs whatever is thrown', () => {
    const { logger, text } = capture();
    logger.error({ err: 'token=hush' }, 'thrown');
    expect(JSON.parse(text()).err).toEqual({ type: 'string', message: 'token=[redacted]' });
  });

  it('[HT5] ends with errors that cause each other', () => {
    const { logger, text } = capture();
    const error: Error & { cause?: unknown } = new Error('round');
    error.cause = error;
    logger.error({ err: error }, 'loop');
    expect(JSON.parse(text()).err.message).toBe('round');
  });
});

describe('scrub', () => {
  it.each([
    ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer [redacted]'],
    ['key sk-proj-1234567890 refused', 'key [redacted] refused'],
    ['jwt eyJhbGciOi.eyJzdWIi.c2ln here', 'jwt [redacted] here'],
    ['{"password":"hunter2","a":1}', '{"password":"[redacted]","a":1}'],
    ['postgres://desk:hunter2@db/desk', 'postgres://desk:[redacted]@db/desk'],
    ['redis://:hunter2@cache:6379/0', 'redis://:[redacted]@cache:6379/0'],
    ['the token has expired', 'the token has expired'],
  ])('[EN4] %j becomes %j', (text, expected) => {
    expect(scrub(text)).toBe(expected);
  });
});
