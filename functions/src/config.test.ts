import { describe, expect, it } from 'vitest';
import { identityEngine, parseConfig, recordsSetting } from './config.ts';
import { settings } from './settings.ts';
import { StartRefusal } from './start-refusal.ts';

const exampleFile = (): string => {
  const blocks = Object.entries(settings).map(([name, { comment, example, otherwise }]) =>
    [
      `# ${comment}`,
      `# ${otherwise ? `default ${otherwise}` : 'default: unset'}, example ${example}`,
      `${name}=`,
    ].join('\n'),
  );
  return `# Settings of Proofdesk. Copy to .env; an empty value means unset, and the environment wins.\n\n${blocks.join('\n\n')}\n`;
};

const problem = (environment: Record<string, string>): string => {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof StartRefusal) return error.message;
    throw error;
  }
  return 'it was accepted';
};

describe('settings', () => {
  it('[EN4] .env.example lists every setting with its comment, in the root and in functions', async () => {
    await expect(exampleFile()).toMatchFileSnapshot('../../.env.example');
    await expect(exampleFile()).toMatchFileSnapshot('../.env.example');
  });

  it('[EN4] every example is a valid value', () => {
    for (const [name, { example }] of Object.entries(settings)) {
      expect(() => parseConfig({ [name]: example }), name).not.toThrow();
    }
  });

  it('[EN4] an empty value means unset', () => {
    expect(parseConfig({ PORT: '', CORS_ORIGIN: ' ' })).toEqual(parseConfig({}));
  });

  it('[EN4] a bad value is refused with its name, the problem and an example', () => {
    for (const PORT of ['http', '70000', '-1', '1.5'])
      expect(problem({ PORT })).toBe(
        'PORT is not usable: write a whole number from 0 to 65535. Example: PORT=3000',
      );
    expect(problem({ OPENAI_BASE_URL: 'localhost:8080' })).toContain('begins with http://');
    expect(problem({ JSON_BODY_LIMIT: '10' })).toContain('JSON_BODY_LIMIT is not usable');
    expect(problem({ CORS_ORIGIN: 'https://a.example/' })).toContain('no path');
    expect(problem({ AUTH_SIGNING_KEY: 'short' })).not.toContain('short');
  });

  it('[EN4] whatever a setting is set to, it is taken or refused with its name', () => {
    const odd = [
      '*',
      'nonsense',
      'http://[',
      'postgres://[',
      '://',
      '[',
      '[null]',
      '{}',
      '=',
      'a=',
      ',',
      '-1',
      '1e999',
      'ü',
    ];
    for (const name of Object.keys(settings)) {
      for (const value of odd) {
        expect(problem({ [name]: value }), `${name}=${value}`).toMatch(
          new RegExp(`${name} is|it was accepted`),
        );
      }
    }
    expect(problem({ CORS_ORIGIN: '*' })).toContain('write origins with http:// or https://');
  });

  it('[RT13] ICE servers are read from JSON, and a bad list is refused without its credentials being said', () => {
    const turn = { urls: ['turn:turn.example.com'], username: 'desk', credential: 'hush-hush' };
    const list = JSON.stringify([{ urls: 'stun:stun.example.com' }, turn]);
    expect(parseConfig({ ICE_SERVERS: list }).iceServers).toEqual([
      { urls: ['stun:stun.example.com'] },
      turn,
    ]);
    expect(parseConfig({}).iceServers).toEqual([]);
    for (const bad of [
      '[{"urls":"turn:turn.example.com","credential":"hush-hush"}]',
      '[{"urls":"https://turn.example.com","credential":"hush-hush"}]',
      '[{"urls":"stun:a.example","credential":"hush-hush","more":1}]',
      '{"urls":"stun:a.example","credential":"hush-hush"}',
      'hush-hush',
    ]) {
      expect(problem({ ICE_SERVERS: bad })).toMatch(/^ICE_SERVERS is not usable: /);
      expect(problem({ ICE_SERVERS: bad })).not.toContain('hush-hush');
    }
  });

  it('[EN4] a bucket is told by its name', () => {
    expect(parseConfig({ FIREBASE_STORAGE_BUCKET: 'my-shop.appspot.com' }).storageBucket).toBe(
      'my-shop.appspot.com',
    );
    expect(parseConfig({}).storageBucket).toBeUndefined();
    expect(problem({ FIREBASE_STORAGE_BUCKET: 'gs://shop' })).toContain(
      'FIREBASE_STORAGE_BUCKET is not usable',
    );
  });

  it.each([
    'FIREBASE_AUTH_EMULATOR_HOST',
    'FIRESTORE_EMULATOR_HOST',
    'FIREBASE_STORAGE_EMULATOR_HOST',
    'STORAGE_EMULATOR_HOST',
  ])('[EN3] production refuses %s, where anybody may be anybody', (name) => {
    const emulator = { [name]: '127.0.0.1:9099', FIREBASE_PROJECT_ID: 'my-print-shop' };
    expect(problem({ ...emulator, NODE_ENV: 'production' })).toContain(`${name} is set`);
    expect(problem(emulator)).toBe('it was accepted');
  });

  it('[EN7] a database of one’s own wins over Firestore, and local accounts that were chosen over Firebase', () => {
    const firebase = { FIREBASE_PROJECT_ID: 'my-print-shop' };
    const chosen = (environment: Record<string, string>) => {
      const config = parseConfig(environment);
      return [recordsSetting(config), identityEngine(config)];
    };
    expect(chosen({})).toEqual(['DATA_DIR', 'local-accounts']);
    expect(chosen(firebase)).toEqual(['FIREBASE_PROJECT_ID', 'firebase-auth']);
    const database = { DATABASE_URL: settings.DATABASE_URL.example };
    expect(chosen({ ...firebase, ...database })).toEqual(['DATABASE_URL', 'firebase-auth']);
    expect(chosen({ ...firebase, AUTH_MODE: 'local' })).toEqual(['FIREBASE_PROJECT_ID', 'local-accounts']);
    expect(problem({ FIREBASE_PROJECT_ID: 'My Shop' })).toContain('FIREBASE_PROJECT_ID is not usable');
  });

  it('[EN4] units and lists are read', () => {
    const config = parseConfig({
      JSON_BODY_LIMIT: '2kb',
      CORS_ORIGIN: 'https://a.example, http://b.example:8080',
    });
    expect(config.jsonBodyLimitBytes).toBe(2048);
    expect(config.corsOrigins).toEqual(['https://a.example', 'http://b.example:8080']);
  });
});
