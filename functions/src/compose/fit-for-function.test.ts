import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { settings } from '../settings.ts';
import { ensureFitForFunction } from './fit-for-function.ts';

const firebase = { FIREBASE_PROJECT_ID: 'my-print-shop' };
const bucket = { FIREBASE_STORAGE_BUCKET: settings.FIREBASE_STORAGE_BUCKET.example };
const redis = { REDIS_URL: 'redis://redis.example:6379' };
const local = { AUTH_MODE: 'local' };

const tryWith = (environment: Record<string, string>) => (): void =>
  ensureFitForFunction(parseConfig(environment));

describe('a cloud function', () => {
  it.each<[string, Record<string, string>, string]>([
    ['embedded engines', {}, 'FIREBASE_PROJECT_ID'],
    ['embedded records', redis, 'DATABASE_URL'],
    ['artwork in a folder', { ...firebase, ...redis }, 'FIREBASE_STORAGE_BUCKET'],
    ['no Redis', { ...firebase, ...bucket }, 'REDIS_URL'],
    ['a signing key in a file', { ...firebase, ...bucket, ...redis, ...local }, 'AUTH_SIGNING_KEY'],
  ])('[EN7] is refused with %s', (_, environment, named) => {
    expect(tryWith(environment)).toThrow(named);
  });

  it.each([
    { ...firebase, ...bucket, ...redis },
    { DATABASE_URL: settings.DATABASE_URL.example, ...firebase, ...bucket, ...redis },
    { ...firebase, ...bucket, ...redis, ...local, AUTH_SIGNING_KEY: settings.AUTH_SIGNING_KEY.example },
  ])('[EN7] starts on engines that last: %j', (environment) => {
    expect(tryWith(environment)).not.toThrow();
  });
});
