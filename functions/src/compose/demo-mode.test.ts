import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { makeFolder } from '../testing/make-folder.ts';
import { decideDemo, markAsDemo } from './demo-mode.ts';

type Settings = Record<string, string>;

interface Data {
  marked?: boolean;
  /** As `marked` when left out. */
  hasUsers?: boolean;
  hasDemoUsers?: boolean;
}

const decide = async (
  settings: Settings,
  { marked = false, hasUsers = marked, hasDemoUsers = false }: Data,
): Promise<boolean> => {
  const DATA_DIR = await makeFolder();
  if (marked) await markAsDemo(DATA_DIR);
  return decideDemo(parseConfig({ ...settings, DATA_DIR }), { hasUsers, hasDemoUsers });
};

const openai = { OPENAI_API_KEY: 'sk-test' };
const everywhere = { HOST: '0.0.0.0' };
const database = { DATABASE_URL: 'postgres://shop:secret@db.example/shop' };
const production = { NODE_ENV: 'production', AUTH_MODE: 'local' };
/** Records that were moved without the rest of their folder. */
const unmarked = { hasUsers: true, hasDemoUsers: true };

describe('demo mode', () => {
  it.each<[string, Settings, Data, boolean]>([
    ['empty data and nothing said', {}, {}, true],
    ['demo data', {}, { marked: true }, true],
    ['demo data and a paid engine', openai, { marked: true }, true],
    ['empty data and a paid engine', openai, {}, false],
    ['an empty database', database, {}, false],
    ['an empty database and DEMO=1', { ...database, DEMO: '1' }, {}, true],
    ['demo data in a database', database, { hasUsers: true, hasDemoUsers: true }, true],
    ['a database beside demo data in the folder', database, { marked: true, hasUsers: false }, false],
    ['a paid engine and DEMO=1', { ...openai, DEMO: '1' }, {}, true],
    ['data of other users', {}, { hasUsers: true }, false],
    ['DEMO=0', { DEMO: '0' }, {}, false],
    ['DEMO=1 on every address', { ...everywhere, DEMO: '1' }, {}, true],
    ['data of other users on every address', everywhere, { hasUsers: true }, false],
    ['production', production, {}, false],
    ['production with DEMO=1', { ...production, DEMO: '1' }, {}, false],
  ])('[EN2] %s', async (_, settings, data, expected) => {
    expect(await decide(settings, data)).toBe(expected);
  });

  it.each<[string, Settings, Data, string]>([
    ['demo accounts on every address', everywhere, {}, 'HOST=0.0.0.0'],
    ['known demo accounts on every address', everywhere, { marked: true }, 'HOST=0.0.0.0'],
    ['demo accounts that are said to be off', { DEMO: '0' }, { marked: true }, 'DEMO=0'],
    ['a demo among other users', { DEMO: '1' }, { hasUsers: true }, 'DEMO=1'],
    ['demo accounts in production', production, { marked: true }, 'DATA_DIR'],
    ['demo accounts of a database in production', { ...database, ...production }, unmarked, 'DATABASE_URL'],
    ['demo accounts without their mark in production', production, unmarked, 'DATA_DIR'],
    ['demo accounts without their mark on every address', everywhere, unmarked, 'HOST=0.0.0.0'],
  ])('[EN2] %s: refused', async (_, settings, data, named) => {
    await expect(decide(settings, data)).rejects.toMatchObject({
      name: 'StartRefusal',
      message: expect.stringContaining(named),
    });
  });
});
