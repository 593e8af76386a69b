import { describe, expect, it } from 'vitest';
import { surfaceOf } from '../../../testing/code-surface.ts';
import { changeEffect } from './change-effect.ts';
import { compareSurfaces } from './surface-change.ts';

const manifest = { 'package.json': JSON.stringify({ name: 'shop', main: 'index.ts' }) };

const compare = (before: Record<string, string>, after: Record<string, string>) =>
  compareSurfaces(surfaceOf(before), surfaceOf(after)).map((change) => {
    const { breaking, differences } = changeEffect(change);
    return [change.change, (change.after ?? change.before)?.subject, breaking, differences];
  });

const api = (before: string, after: string) =>
  compare({ ...manifest, 'index.ts': before }, { ...manifest, 'index.ts': after });

describe('changes of a surface', () => {
  it('[DO1] tells what a function takes and gives now', () => {
    expect(
      api(
        'export const pay = (sum: number, note: string): void => {};',
        'export const pay = (sum: bigint, note: string, by: Date): Promise<void> => {};',
      ),
    ).toEqual([
      [
        'changed',
        'shop: pay',
        true,
        [
          'parameter `sum` is `bigint` instead of `number`',
          'parameter `by` is new and required',
          'returns `Promise<void>` instead of `void`',
        ],
      ],
    ]);
  });

  it.each([
    ['a new optional parameter', '(a: string)', '(a: string, b?: number)', false],
    ['a new default', '(a = 1)', '(a = 2)', false],
    ['another name', '(a: string)', '(b: string)', false],
    ['a parameter that is gone', '(a: string, b: string)', '(a: string)', true],
    ['another order', '(a: string, b: number)', '(b: number, a: string)', true],
    ['a parameter that is required now', '(a?: string)', '(a: string)', true],
  ])('[DO1] %s breaks callers or not', (_, before, after, expected) => {
    const [change] = api(`export const f = ${before} => 1;`, `export const f = ${after} => 1;`);
    expect(change?.[2]).toBe(expected);
  });

  it('[DO1] a change behind the signature is no change of the surface', () => {
    expect(
      api('export const f = (a: string) => a;', 'export const f = (a: string) => {\n  return a + 1;\n};'),
    ).toEqual([]);
  });

  it('[DO1] knows a renamed symbol and a moved route by what they do', () => {
    const body = '(a: string) => { return a.trim().length > 3; }';
    expect(api(`export const isLong = ${body};`, `export const hasWords = ${body};`)).toEqual([
      ['renamed', 'shop: hasWords', true, ['it is `hasWords(a: string)` instead of `isLong(a: string)`']],
    ]);
    const app = (path: string) =>
      `import express from 'express'; const app = express(); app.get('${path}', (q, r) => r.send(1));`;
    expect(compare({ 'app.ts': app('/old') }, { 'app.ts': app('/new') })).toEqual([
      ['renamed', 'GET /new', true, ['path is `/new` instead of `/old`']],
    ]);
  });

  it('[DO1] a text in its place that reads differently is changed, not gone and new', () => {
    const page = (text: string) =>
      `export const Page = () => <main><h1>Orders</h1><button>${text}</button></main>;`;
    expect(compare({ 'page.tsx': page('Save') }, { 'page.tsx': page('Save order') })).toEqual([
      ['changed', 'Page › button "Save order"', false, ['reads "Save order" instead of "Save"']],
    ]);
  });

  it('[DO17] a further way to call a function breaks nobody, one that is gone does', () => {
    const one = 'export function f(a: string): void;';
    const two = `${one} export function f(a: string, b: number): void;`;
    const body = 'export function f(a: string, b = 1): void {}';
    expect(api(`${one} ${body}`, `${two} ${body}`)).toEqual([
      ['changed', 'shop: f', false, ['it can be called as `f(a: string, b: number): void` now']],
    ]);
    expect(api(`${two} ${body}`, `${one} ${body}`)).toEqual([
      ['changed', 'shop: f', true, ['it cannot be called as `f(a: string, b: number): void` any more']],
    ]);
  });

  it('[DO17] a function with several signatures demands what the least of them does', () => {
    const text = 'export function f(a: string, b: number): void; export function f(): void;';
    const [found] = [...surfaceOf({ ...manifest, 'index.ts': text }).elements.values()];
    expect(found?.side).toMatchObject({
      parameters: [],
      signature: 'f(a: string, b: number): void; f(): void',
    });
  });

  it('[DO16] a value tells what it is and that it is deprecated', () => {
    expect(api('export const limit = 1;', '/** @deprecated Use more. */ export const limit = 2;')).toEqual([
      ['changed', 'shop: limit', false, ['it is `limit = 2` instead of `limit = 1`', 'it is deprecated now']],
    ]);
  });

  it('[DO16] the same declaration under another name is renamed, whatever else became of it', () => {
    const given = (name: string, body: string) => ({
      ...manifest,
      'index.ts': `export { default as ${name} } from './rates';`,
      'rates.ts': `export default class Rates { load(${body}): void {} }`,
    });
    expect(compare(given('Rates', ''), given('Table', 'at: Date'))).toEqual([
      ['renamed', 'shop: Table', true, ['member `load` is `(at: Date) => void` instead of `() => void`']],
    ]);
  });

  it('[DO16] a default export that becomes a named one is imported in another way', () => {
    const f = (word: string) => `export ${word}function f(a: string) { return a; }`;
    expect(api(f('default '), f(''))).toEqual([
      ['changed', 'shop: f', true, ['it is imported by its name now']],
    ]);
  });

  it('[DO16] all names of another package come and go as one', () => {
    expect(api("export * from 'decimal.js';", "export * from 'big.js';")).toEqual([
      ['added', 'shop: * from big.js', false, []],
      ['removed', 'shop: * from decimal.js', true, []],
    ]);
  });

  it.each([
    [
      'a function that says what it returns',
      'export const f = () => 1;',
      'export const f = (): number => 1;',
      false,
      'says now that it returns `number`',
    ],
    [
      'a function that does not say it any more',
      'export const f = (): number => 1;',
      'export const f = () => 1;',
      false,
      'does not say any more that it returns `number`',
    ],
    [
      'a further member that nobody has to give',
      'export const f = (a: { b: number }) => 1;',
      'export const f = (a: { b: number; c?: string }) => 1;',
      false,
      'parameter `a` is `{ b: number; c?: string }` instead of `{ b: number }`',
    ],
    [
      'a further member that is taken out of a parameter without a name',
      'export const f = ({ b }: { b: number }) => 1;',
      'export const f = ({ b, c }: { b: number; c: string }) => 1;',
      true,
      'parameter `{ b, c }` is `{ b: number; c: string }` instead of `{ b: number }`',
    ],
    [
      'a choice of an enumeration',
      'export enum f { One = 1 }',
      'export enum f { One = 2 }',
      false,
      'choice `One` is `2` instead of `1`',
    ],
  ])('[DO17] %s', (_, before, after, breaking, difference) => {
    expect(api(before, after)).toEqual([['changed', 'shop: f', breaking, [difference]]]);
  });

  it('[DO16] what a namespace holds is told each by its whole name', () => {
    const files = (shapes: string) => ({
      ...manifest,
      'index.ts': "export * as shapes from './shapes';",
      'shapes.ts': shapes,
    });
    expect(
      compare(
        files('export const round = (a: number) => a;'),
        files('export const round = (a: bigint) => a;'),
      ),
    ).toEqual([['changed', 'shop: shapes.round', true, ['parameter `a` is `bigint` instead of `number`']]]);
  });

  it('[DO1] a pattern is no name that a parameter could be called by', () => {
    const [change] = api(
      'export const open = ({ url, retries = 3 }: Options) => url;',
      'export const open = ({ url, retries = 5 }: Options) => url;',
    );
    expect(change?.[3]).toEqual(['parameter is `{ url, retries = 5 }` instead of `{ url, retries = 3 }`']);
  });

  it('[DO16] a route that the code has no more, and its document has still, says so', () => {
    const openapi = { 'openapi.yaml': 'openapi: 3.0.3\npaths: { /old: { get: {} } }' };
    const app = (path: string) =>
      `import express from 'express'; const app = express(); app.get('${path}', (q, r) => r.send(1));`;
    expect(compare({ ...openapi, 'app.ts': app('/old') }, { ...openapi, 'app.ts': app('/new') })).toEqual([
      ['added', 'GET /new', false, []],
      ['changed', 'GET /old', true, ['only its description names it now']],
    ]);
  });

  describe('handlers before that of a route', () => {
    const differencesOf = (before: string, after: string) =>
      compare({ 'app.ts': before }, { 'app.ts': after }).map(([change, subject, , differences]) => [
        change,
        subject,
        differences,
      ]);
    const app = (route: string, before = '') =>
      `import express from 'express'; const app = express(); ${before} app.get('/me', ${route}(q, r) => r.send(1));`;
    const fastify = (options: string, before = '') =>
      `import Fastify from 'fastify'; const app = Fastify(); ${before} app.get('/me', ${options} async () => 1);`;

    it.each([
      ['one comes', app(''), app('requireAuth, '), 'it passes through `requireAuth` now'],
      ['one goes', app('[auth.user], '), app(''), '`auth.user` is no longer among its handlers'],
      [
        'one takes the place of another',
        app("role('staff'), "),
        app("role('admin'), "),
        "it passes through `role('admin')` instead of `role('staff')`",
      ],
      [
        'one is given more than a sentence can hold',
        app(''),
        app("check({ name: 'a long name', size: 'a long size' }), "),
        'it passes through `check(…)` now',
      ],
      [
        'a hook comes',
        fastify(''),
        fastify('{ preHandler: [verify, other] },'),
        'it passes through `verify` now; it passes through `other` now',
      ],
    ])('[DO16] %s', (_, before, after, said) => {
      expect(differencesOf(before, after)).toEqual([['changed', 'GET /me', said.split('; ')]]);
    });

    it.each([
      ['a router above', app('requireAuth, '), app('', "app.use('/me', requireAuth);")],
      [
        'a hook of the instance',
        fastify('{ onRequest: verify },'),
        fastify('', "app.addHook('onRequest', verify);"),
      ],
    ])('[DO16] one that moved to %s is not gone', (_, before, after) => {
      expect(differencesOf(before, after)).toEqual([['changed', 'GET /me', []]]);
      expect(differencesOf(after, before)).toEqual([['changed', 'GET /me', []]]);
    });

    it('[DO16] one that stands above other routes says nothing of this one', () => {
      expect(differencesOf(app('requireAuth, '), app('', "app.use('/you', requireAuth);"))).toEqual([
        ['changed', 'GET /me', ['`requireAuth` is no longer among its handlers']],
      ]);
    });
  });

  it('[DO1] moving a file changes nothing', () => {
    const before = { ...manifest, 'index.ts': "export * from './a.ts';", 'a.ts': 'export const x = 1;' };
    const after = {
      ...manifest,
      'index.ts': "export * from './lib/b.ts';",
      'lib/b.ts': 'export const x = 1;',
    };
    expect(compare(before, after)).toEqual([]);
  });

  it('[DO1] engines and peers that rise break, other dependencies do not', () => {
    const files = (node: string, zod: string, react: string) => ({
      'package.json': JSON.stringify({
        private: true,
        engines: { node },
        dependencies: { zod },
        peerDependencies: { react },
      }),
    });
    expect(compare(files('>=18', '3.0.0', '^18'), files('>=20', '4.0.0', '^18.1'))).toEqual([
      ['changed', 'zod', false, ['range is `4.0.0` instead of `3.0.0`']],
      ['changed', 'react', false, ['range is `^18.1` instead of `^18`']],
      ['changed', 'engines node', true, ['range is `>=20` instead of `>=18`']],
    ]);
  });

  it.each([
    [
      'a required option of a command that people know',
      "p.command('a');",
      "p.command('a').requiredOption('--x <y>');",
      true,
    ],
    ['a required option of a new command', '', "p.command('a').requiredOption('--x <y>');", false],
    ['another short form', "p.option('-x, --long');", "p.option('-y, --long');", true],
    ['a further short form', "p.option('--long');", "p.option('-y, --long');", false],
    ['a value that is wanted', "p.option('--long');", "p.option('--long <value>');", true],
    ['another name of the value', "p.option('--long <one>');", "p.option('--long <other>');", false],
    ['an argument that is wanted', "p.command('a [file]');", "p.command('a <file>');", true],
    ['an argument that may be given', "p.command('a');", "p.command('a [file]');", false],
  ])('[DO17] %s breaks users of the command line or not', (_, before, after, expected) => {
    const files = (calls: string) => ({
      'package.json': JSON.stringify({ name: 'shop', bin: { shop: 'cli.js' } }),
      'cli.js': `const { program: p } = require('commander');\n${calls}`,
    });
    const found = compare(files(before), files(after));
    expect(found.length).toBeGreaterThan(0);
    expect(found.some(([, , breaking]) => breaking)).toBe(expected);
  });

  const shop = (prefix: string, path: string, handler = 'r.send(1)') => ({
    'app.ts': `import express from 'express'; const app = express(); const orders = express.Router();
      orders.get('${path}', (q, r) => ${handler}); app.use('${prefix}', orders);`,
  });

  it('[DO16] a parameter of a path that has another name breaks no caller', () => {
    expect(compare(shop('/orders', '/:id'), shop('/orders', '/:orderId', 'r.send(2)'))).toEqual([
      ['changed', 'GET /orders/:orderId', false, ['path parameter `id` is called `orderId` now']],
    ]);
  });

  it('[DO16] a route below another prefix is the same one, also when its handler changed', () => {
    expect(compare(shop('/orders', '/:id'), shop('/v2/orders', '/:orderId', 'r.send(2)'))).toEqual([
      [
        'renamed',
        'GET /v2/orders/:orderId',
        true,
        ['path is `/v2/orders/:orderId` instead of `/orders/:id`'],
      ],
    ]);
  });

  const page = (...elements: string[]) => ({
    'page.tsx': `export const Page = () => <main>${elements.join('')}</main>;`,
  });

  it('[DO16] the same words in another element are no change', () => {
    expect(compare(page('<p>Hello</p>'), page('<div>Hello</div>'))).toEqual([]);
    expect(compare(page('<Old title="Prints" />'), page('<New title="Prints" />'))).toEqual([]);
    expect(compare(page('<button>Save</button>'), page('<a>Save</a>'))).toHaveLength(2);
  });

  it('[DO16] of several texts in one place the ones that share words belong together', () => {
    const before = page('<button>Send order</button><button>Help me</button>');
    const after = page('<button>Help</button><button>Cancel</button><button>Place order</button>');
    const found = compare(before, after).map(([change, , , differences]) => [change, differences]);
    expect(found).toHaveLength(3);
    expect(found).toContainEqual(['added', []]);
    expect(found).toContainEqual(['changed', ['reads "Help" instead of "Help me"']]);
    expect(found).toContainEqual(['changed', ['reads "Place order" instead of "Send order"']]);
  });

  it('[DO16] a component with another name keeps its texts', () => {
    const bar = (name: string, link: string) => ({
      [`${name}.tsx`]: `export const ${name} = ({ user }: { user: string }) =>
        <header><h1>Prints</h1><a href="/in">${link}</a><i>Welcome</i></header>;`,
    });
    expect(compare(bar('Header', 'Log in'), bar('TopBar', 'Log in'))).toEqual([
      ['renamed', 'TopBar', false, []],
    ]);
    const found = compare(bar('Header', 'Log in'), bar('TopBar', 'Sign in'));
    expect(found.map(([change]) => change).sort()).toEqual(['changed', 'changed', 'renamed']);
    const other = { 'Other.tsx': 'export const Other = ({ user }: { user: string }) => <p>{user}</p>;' };
    expect(compare(bar('Header', 'Log in'), other).some(([change]) => change === 'renamed')).toBe(false);
  });

  it('[DO16] what keeps its name and is imported from elsewhere is not renamed', () => {
    const entries = (exports: object) => ({ 'package.json': JSON.stringify({ name: 'shop', exports }) });
    const files = { 'a.ts': 'export const pay = (sum: number) => sum;', 'b.ts': 'export const x = 1;' };
    expect(
      compare(
        { ...entries({ '.': './a.ts' }), ...files },
        { ...entries({ '.': './b.ts', './pay': './a.ts' }), ...files },
      ).filter(([, subject]) => subject !== 'shop: x'),
    ).toEqual([['changed', 'shop/pay: pay', true, ['it is imported from `shop/pay` instead of `shop`']]]);
  });

  const given = (members: string) =>
    `export interface Options { ${members} }\nexport const run = (options: Options): void => {};`;
  const taken = (members: string) =>
    `export interface Order { ${members} }\nexport const order = (): Promise<Order> => load();`;
  const both = (members: string) => `${given(members)}\nexport const last = (): Options => load();`;
  const method = (parameters: string) => `export class Folder { fold(${parameters}): void {} }`;

  it.each([
    ['a new required member of what is handed over', given('a: string'), given('a: string; b: string'), true],
    ['a new required member of what is given back', taken('a: string'), taken('a: string; b: string'), false],
    ['a new required member of both', both('a: string'), both('a: string; b: string'), true],
    ['a new optional member', both('a: string'), both('a: string; b?: string'), false],
    ['a member that must be handed over now', given('a?: string'), given('a: string'), true],
    ['a member that may be missing now', taken('a: string'), taken('a?: string'), true],
    ['a further choice of what is handed over', given("a: 'x'"), given("a: 'x' | 'y'"), false],
    ['a further choice of what is given back', taken("a: 'x'"), taken("a: 'x' | 'y'"), true],
    ['fewer choices of what is given back', taken("a: 'x' | 'y'"), taken("a: 'x'"), false],
    ['a further choice of both', both("a: 'x'"), both("a: 'x' | 'y'"), true],
    [
      'a further choice of a parameter',
      "export const f = (a: 'x') => 1;",
      "export const f = (a: 'x' | 'y') => 1;",
      false,
    ],
    [
      'a result that may be missing',
      'export const f = (): A => a;',
      'export const f = (): A | undefined => a;',
      true,
    ],
    [
      'a further parameter of a method that may be left out',
      method('a: string'),
      method("a: string, b = 'x'"),
      false,
    ],
    ['a further parameter of a method', method('a: string'), method('a: string, b: string'), true],
  ])('[DO17] %s breaks others or not', (_, before, after, expected) => {
    const found = api(before, after);
    expect(found).toHaveLength(1);
    expect(found[0]?.[2]).toBe(expected);
  });
});
