import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.ts';
import { dotenvOf, environmentOfFunction, settingsForFunction } from './function-settings.ts';
import { settings } from './settings.ts';

const firebaseConfig = JSON.stringify({ projectId: 'my-print-shop', storageBucket: 'the-default-one' });

const examples = Object.fromEntries(Object.entries(settings).map(([name, { example }]) => [name, example]));

describe('settings of a cloud function', () => {
  it('[EN9] arrive as they were given, though names that begin with FIREBASE_ are not taken', () => {
    const sent = settingsForFunction(examples);
    expect(Object.keys(sent).filter((name) => /^(FIREBASE_|X_GOOGLE_|EXT_|KIT_|PORT$)/.test(name))).toEqual(
      [],
    );
    const there = parseConfig(environmentOfFunction({ ...sent, FIREBASE_CONFIG: firebaseConfig }));
    const here = parseConfig({ ...examples, NODE_ENV: 'production' });
    for (const same of [
      'firebase',
      'storageBucket',
      'redisUrl',
      'databaseUrl',
      'openai',
      'corsOrigins',
    ] as const)
      expect(there[same]).toEqual(here[same]);
    expect(there.production).toBe(true);
    expect(there.demo).toBeUndefined();
  });

  it('[EN9] take the bucket that was named, never the one that Firebase has by itself', () => {
    const config = parseConfig(environmentOfFunction({ FIREBASE_CONFIG: firebaseConfig }));
    expect(config.firebase).toEqual({ projectId: 'my-print-shop' });
    expect(config.storageBucket).toBeUndefined();
  });

  it.each([undefined, 'not JSON', '{}', '[]'])('[EN9] without a project in %j there is none', (text) => {
    expect(parseConfig(environmentOfFunction({ FIREBASE_CONFIG: text })).firebase).toBeUndefined();
  });

  it('[EN9] are written so that quotes, lines and "#" stay what they are', () => {
    expect(dotenvOf({ ICE_SERVERS: '[{"urls":"stun:a"}]', REDIS_URL: 'redis://a#b\n\\' })).toBe(
      'ICE_SERVERS="[{\\"urls\\":\\"stun:a\\"}]"\nREDIS_URL="redis://a#b\\n\\\\"\n',
    );
  });
});
