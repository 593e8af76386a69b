import { describe, expect, it } from 'vitest';
import { documentOf } from '../../testing/document-of.ts';
import { checkDocument } from '../gate/check-document.ts';
import { changelogSection } from '../rendering/changelog.ts';

const manifest = (more: object = {}) => JSON.stringify({ name: 'paper', main: 'src/index.ts', ...more });

const notesOf = async (before: string, after: string, message = 'feat!: more') => {
  const document = await documentOf(
    { 'package.json': manifest(), 'src/index.ts': before },
    { message, files: { 'src/index.ts': after } },
  );
  expect(checkDocument(document)).toEqual([]);
  expect(document.stats.replaced).toBe(0);
  return document.technicalDocumentation.migration;
};

describe('migration notes', () => {
  it('[DO13] show of a type the members in which its sides differ', async () => {
    const [note] = await notesOf(
      "export interface Options { times: number; side?: 'left' | 'right' }",
      'export interface Options { times: number; side?: boolean; sharp?: boolean }',
    );
    expect(note?.before?.text).toBe("interface Options {\n  side?: 'left' | 'right';\n}");
    expect(note?.after?.text).toBe('interface Options {\n  side?: boolean;\n  sharp?: boolean;\n}');
  });

  it('[DO13] show of a class its constructor and members as a declaration', async () => {
    const [note] = await notesOf(
      'export class Folder { constructor(size: string) {} fold(times: number): void {} get size(): string { return ""; } }',
      'export class Folder { constructor(size: string, ink: Ink) {} fold(times: bigint): void {} get size(): string { return ""; } }',
    );
    expect(note?.before?.text).toBe(
      'declare class Folder {\n  constructor(size: string);\n  fold: (times: number) => void;\n}',
    );
    expect(note?.after?.text).toBe(
      'declare class Folder {\n  constructor(size: string, ink: Ink);\n  fold: (times: bigint) => void;\n}',
    );
    expect(note?.advice.map(({ text }) => text)).toEqual(['Pass `ink` to `Folder`.']);
  });

  it('[DO13] show the members of a class whose type parameters have defaults', async () => {
    const [note] = await notesOf(
      'export class Press<T> { run(value: T): void {} }',
      'export class Press<T = string> { run(value: T, times: number): void {} }',
    );
    expect(note?.before?.text).toBe('declare class Press<T> {\n  run: (value: T) => void;\n}');
    expect(note?.after?.text).toBe(
      'declare class Press<T = string> {\n  run: (value: T, times: number) => void;\n}',
    );
  });

  it('[DO13] say what to install for a required engine and a peer', async () => {
    const document = await documentOf(
      { 'package.json': manifest({ engines: { node: '>=18' }, peerDependencies: { react: '^18' } }) },
      {
        message: 'feat!: newer',
        files: {
          'package.json': manifest({
            engines: { node: '>=20' },
            peerDependencies: { react: '^19', zod: '^4' },
          }),
        },
      },
    );
    const { migration, apiChanges } = document.technicalDocumentation;
    expect(migration.map(({ advice }) => advice.map(({ text }) => text))).toEqual(
      expect.arrayContaining([
        ['Install `node` in the range `>=20`.'],
        ['Install `react` in the range `^19`.'],
        ['Install `zod` in the range `^4`.'],
      ]),
    );
    expect(apiChanges.map(({ text }) => text).join(' ')).toMatch(/peer dependency `zod`/);
    expect(checkDocument(document)).toEqual([]);
    expect(document.stats.replaced).toBe(0);
  });

  it("[DO13] give the author's words to what they name", async () => {
    const notes = await notesOf(
      'export const convert = (a: number): number => a;\nexport type Size = "A4";',
      'export const convertLength = (a: number, b = 1): number => a * b;\nexport type Size = "A4" | "A3";',
      'refactor!: lengths\n\nBREAKING CHANGE: convert() is now convertLength().',
    );
    expect(notes.map(({ title, advice }) => [title.text, advice.map(({ text }) => text)])).toEqual([
      [expect.stringContaining('`Size`'), []],
      [
        expect.stringContaining('`convert`'),
        [expect.stringContaining('Remove every use'), 'convert() is now convertLength().'],
      ],
    ]);
  });

  it('[DO13] show a request with the fields that it needs now', async () => {
    const api = (parameters: string) =>
      `{"openapi":"3.0.0","info":{},"paths":{"/quotes":{"get":{"parameters":[${parameters}],"responses":{"200":{}}}}}}`;
    const document = await documentOf(
      { 'openapi.json': api('') },
      {
        message: 'feat!: pages',
        files: { 'openapi.json': api('{"in":"query","name":"limit","required":true}') },
      },
    );
    const [note] = document.technicalDocumentation.migration;
    expect(note?.before?.text).toBe('GET /quotes');
    expect(note?.after?.text).toBe('GET /quotes?limit={limit}');
    expect(checkDocument(document)).toEqual([]);
  });

  it('[DO17] tell of a setting that is needed now, and call no example its default', async () => {
    const document = await documentOf(
      { 'start.js': '' },
      {
        message: 'feat: doors',
        files: {
          'start.js': "if (!process.env.DOOR_KEY) throw new Error('no key');",
          '.env.example': '# Opens the door\nDOOR_KEY=change-me\n',
        },
      },
    );
    const [note] = document.technicalDocumentation.migration;
    expect(note?.title.text).toMatch(/setting `DOOR_KEY`.*\. Opens the door\. It is required\.$/);
    expect(note?.advice.map(({ text }) => text)).toEqual(['Set `DOOR_KEY`.']);
    expect(note?.after?.text).toBe('DOOR_KEY=change-me');
    expect(JSON.stringify(document)).not.toContain('default is');
    expect(checkDocument(document)).toEqual([]);
  });

  it('[DO2] what is deprecated is no break, and is told under its own heading', async () => {
    const shop = (tag: string) => `/** Pays. ${tag} */\nexport const pay = (sum: number) => sum;`;
    const document = await documentOf(
      { 'package.json': manifest(), 'src/index.ts': shop('') },
      { message: 'chore: age', files: { 'src/index.ts': shop('@deprecated use another one') } },
    );
    expect(document.technicalDocumentation.migration).toEqual([]);
    expect(changelogSection(document)).toContain(
      '### Deprecated\n\n- The function `pay` has changed: it is deprecated now.',
    );
    expect(checkDocument(document)).toEqual([]);
  });
});
