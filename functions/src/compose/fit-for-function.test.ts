import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { settings } from '../settings.ts';
import { ensureFitForFunction } from './fit-for-function.ts';

const firebase = { FIREBASE_PROJECT_ID: 'my-print-shop' };
const redis = { REDIS_URL: 'redis://redis.example:6379' };
const local = { AUTH_MODE: 'local' };

const tryWith = (environment: Record<string, string>) => (): void =>
  ensureFitForFunction(parseConfig(environment));

describe('a cloud function', () => {
  it.each<[string, Record<string, string>, string]>([
    ['embedded engines', {}, 'FIREBASE_PROJECT_ID'],
    ['embedded records', redis, 'DATABASE_URL'],
    ['no Redis', firebase, 'REDIS_URL'],
    ['a signing key in a file', { ...firebase, ...redis, ...local }, 'AUTH_SIGNING_KEY'],
  ])('[EN7] is refused with %s', (_, environment, named) => {
    expect(tryWith(environment)).toThrow(named);
  });

  it.each([
    { ...firebase, ...redis },
    { DATABASE_URL: settings.DATABASE_URL.example, ...firebase, ...redis },
    { ...firebase, ...redis, ...local, AUTH_SIGNING_KEY: settings.AUTH_SIGNING_KEY.example },
  ])('[EN7] starts on engines that last: %j', (environment) => {
    expect(tryWith(environment)).not.toThrow();
  });
});
