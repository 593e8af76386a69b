import { describe, expect, it } from 'vitest';
import { summaryOf, surfaceOf } from '../../../../testing/code-surface.ts';

const settingsOf = (files: Record<string, string>) =>
  Object.fromEntries(
    [...surfaceOf(files).elements.values()]
      .filter(({ kind }) => kind === 'configuration')
      .map(({ name, side }) => [name, side]),
  );

describe('settings', () => {
  it('[DO2] reads environment variables with their defaults', () => {
    const { settings, unresolved } = summaryOf(
      'src/start.ts',
      `
const port = Number(process.env.PORT ?? 3000);
const host = process.env['HOST'] || 'localhost';
const { LOG_LEVEL = 'info', TOKEN } = process.env;
const api = import.meta.env.VITE_API;
if (process.env.NODE_ENV === 'test' && process.env.CI) skip();
const secret = process.env[name];`,
    );
    expect(settings.map(({ name, side }) => [name, side.default])).toEqual([
      ['PORT', '3000'],
      ['HOST', 'localhost'],
      ['VITE_API', undefined],
      ['LOG_LEVEL', 'info'],
      ['TOKEN', undefined],
    ]);
    expect(unresolved).toMatchObject([{ what: 'setting', subject: 'process.env[name]', line: 7 }]);
  });

  it('[DO2] reads tables of settings and example files, and puts together what they know', () => {
    const found = settingsOf({
      '.env.example':
        '# Where it listens.\nPORT=3000\n\n# Secret of\n# the door.\n# DOOR_KEY=abc\nplain text\nURL="http://x"\n',
      'src/config.ts': `
        import { z } from 'zod';
        export const schema = z.object({ PORT: z.coerce.number().default(8080), MAIL_FROM: z.string().describe('Sender of mail') });`,
      'src/errors.ts': 'export const codes = { NOT_FOUND: make(404), GONE: make(410) };',
    });
    expect(found).toEqual({
      PORT: { type: 'setting', default: '8080', example: '3000', description: 'Where it listens.' },
      DOOR_KEY: { type: 'setting', example: 'abc', description: 'Secret of the door.' },
      URL: { type: 'setting', example: 'http://x' },
      MAIL_FROM: { type: 'setting', required: true, description: 'Sender of mail' },
    });
  });

  it('[DO17] knows what a program does not start without', () => {
    const { settings } = summaryOf(
      'src/start.ts',
      `
if (!process.env.DATABASE_URL) throw new Error('DATABASE_URL is missing');
const token = process.env.TOKEN;
if (token === undefined || token === '') { console.error('no token'); process.exit(1); }
const { KEY, HINT } = process.env;
if (!KEY) throw new Error('KEY');
if (!HINT) console.warn('no hint');
const name = process.env.NAME ?? fail('NAME is missing');
const proxy = process.env.PROXY ?? homeOf('proxy');`,
    );
    expect(settings.filter(({ side }) => side.required).map(({ name }) => name)).toEqual([
      'DATABASE_URL',
      'TOKEN',
      'NAME',
      'KEY',
    ]);
    expect(settings.find(({ name }) => name === 'PROXY')?.side.default).toBe("homeOf('proxy')");
  });
});

describe('settings through a helper of the same file', () => {
  it('[DO2] reads what a helper is asked for, with the defaults of both', () => {
    const { settings, unresolved } = summaryOf(
      'src/config.ts',
      `
const KEY = 'SHOP_KEY';
const env = (name: string) => process.env[name];
const text = (name: string, fallback = '') => process.env[name] ?? fallback;
function number(name: string, fallback?: number): number {
  return Number(process.env[name] ?? fallback);
}
const must = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(\`\${name} is missing\`);
  return value;
};
function given(name, fallback) {
  const value = process.env[name] ?? fallback;
  if (value === undefined) throw new Error(name);
  return value;
}
export const config = {
  port: number('SHOP_PORT', 3000),
  size: number('SHOP_SIZE'),
  host: env('SHOP_HOST') ?? 'localhost',
  key: env(KEY),
  greeting: text('SHOP_GREETING', 'Hello'),
  sign: text('SHOP_SIGN'),
  database: must('DATABASE_URL'),
  bucket: given('SHOP_BUCKET'),
  region: given('SHOP_REGION', 'eu'),
  node: env('NODE_ENV'),
  other: env(nameOf('x')),
};
object.env('NOT_A_SETTING');`,
    );
    expect(
      settings.map(({ name, line, side: { default: value, required } }) => [name, line, value, required]),
    ).toEqual([
      ['SHOP_HOST', 21, 'localhost', undefined],
      ['SHOP_KEY', 22, undefined, undefined],
      ['SHOP_GREETING', 23, 'Hello', undefined],
      ['SHOP_SIGN', 24, '', undefined],
      ['SHOP_PORT', 19, '3000', undefined],
      ['SHOP_SIZE', 20, undefined, undefined],
      ['DATABASE_URL', 25, undefined, true],
      ['SHOP_BUCKET', 26, undefined, true],
      ['SHOP_REGION', 27, 'eu', undefined],
    ]);
    expect(unresolved.map(({ subject, line }) => [subject, line])).toEqual([["env(nameOf('x'))", 29]]);
  });

  it('[DO2] says that a helper for other files is not followed there', () => {
    const { settings, unresolved } = summaryOf(
      'src/environment.ts',
      `
export const env = (name: string) => process.env[name];
export const port = env('SHOP_PORT');
class Config { get(name: string) { return process.env[name]; } }
const reader = { read(name: string) { return process.env[name]; } };
read('NOT_A_SETTING'); get('NOT_EITHER');`,
    );
    expect(settings.map(({ name }) => name)).toEqual(['SHOP_PORT']);
    expect(unresolved.map(({ subject, line }) => [subject, line])).toEqual([
      ['process.env[name]', 2],
      ['process.env[name]', 4],
      ['process.env[name]', 5],
    ]);
  });
});
