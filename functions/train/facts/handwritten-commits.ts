/** One commit written by hand: what the files were, what they are, and the facts that must and may be found. */
export interface HandwrittenCommit {
  name: string;
  before: Record<string, string>;
  after: Record<string, string>;
  expected: string[];
}

const manifest = (more: object = {}): string =>
  JSON.stringify({ name: 'kit', main: './index.ts', ...more }, undefined, 2);
const app = (lines: string): string => `import express from 'express';\nconst app = express();\n${lines}\n`;

/** An application of NestJS with one controller. */
const nest = (setUp: string, methods: string): Record<string, string> => ({
  'main.ts': `import { NestFactory } from '@nestjs/core';\nimport { App } from './app.js';\nconst app = await NestFactory.create(App);\n${setUp}\nawait app.listen(3000);\n`,
  'app.ts':
    "import { Module } from '@nestjs/common';\nimport { Cats } from './cats.js';\n@Module({ controllers: [Cats] })\nexport class App {}\n",
  'cats.ts': `import { Body, Controller, Delete, Get, Post, Query, UseGuards } from '@nestjs/common';\n@Controller('cats')\nexport class Cats {\n${methods}\n}\n`,
});

/** Samples of how people really write, hard ones among them. */
export const handwrittenCommits: HandwrittenCommit[] = [
  {
    name: 'a body changes',
    before: { 'package.json': manifest(), 'index.ts': 'export const a = (x: number) => x;' },
    after: {
      'package.json': manifest(),
      'index.ts': 'export const a = (x: number) => {\n  const y = x * 2;\n  return y;\n};',
    },
    expected: [],
  },
  {
    name: 'only white space changes',
    before: { 'package.json': manifest(), 'index.ts': 'export function a(x: number, y: string): void {}' },
    after: {
      'package.json': manifest(),
      'index.ts': 'export function a(\n  x: number,\n  y: string,\n): void {}\n',
    },
    expected: [],
  },
  {
    name: 'an interface gets a member',
    before: { 'package.json': manifest(), 'index.ts': 'export interface Options { size: number }' },
    after: {
      'package.json': manifest(),
      'index.ts': 'export interface Options { size: number; colour?: string }',
    },
    expected: ['api changed kit: Options'],
  },
  {
    name: 'a type is widened',
    before: { 'package.json': manifest(), 'index.ts': "export type State = 'open' | 'closed';" },
    after: { 'package.json': manifest(), 'index.ts': "export type State = 'open' | 'closed' | 'late';" },
    expected: ['api changed kit: State'],
  },
  {
    name: 'a class loses a method and hides another',
    before: {
      'package.json': manifest(),
      'index.ts': 'export class Box { open() {} close() {} private lock() {} }',
    },
    after: {
      'package.json': manifest(),
      'index.ts': 'export class Box { open() {} private lock(key: string) {} }',
    },
    expected: ['api changed kit: Box'],
  },
  {
    name: 'a default export gets another result',
    before: {
      'package.json': manifest(),
      'index.ts': 'export default function make(): string { return 1; }',
    },
    after: { 'package.json': manifest(), 'index.ts': 'export default function make(): number { return 1; }' },
    expected: ['api changed kit: default'],
  },
  {
    name: 'a file moves and its barrel follows',
    before: {
      'package.json': manifest(),
      'index.ts': "export * from './a.js';",
      'a.ts': 'export const a = 1;',
    },
    after: {
      'package.json': manifest(),
      'index.ts': "export * from './deep/b.js';",
      'deep/b.ts': 'export const a = 1;',
    },
    expected: [],
  },
  {
    name: 'a symbol is renamed with its alias kept',
    before: { 'package.json': manifest(), 'index.ts': 'export const oldName = (a: string) => a.trim();' },
    after: {
      'package.json': manifest(),
      'index.ts': 'const newName = (a: string) => a.trim();\nexport { newName, newName as oldName };',
    },
    expected: ['api added kit: newName'],
  },
  {
    name: 'exports are mixed into an object at run time',
    before: {
      'package.json': manifest({ main: './index.js' }),
      'index.js': 'Object.assign(exports, { a: 1 });',
    },
    after: {
      'package.json': manifest({ main: './index.js' }),
      'index.js': 'Object.assign(exports, { a: 1, b: 2 });',
    },
    expected: ['api added kit: b'],
  },
  {
    name: 'a prefix changes in another file than its routes',
    before: {
      'app.ts': app("import { r } from './r.js';\napp.use('/v1', r);"),
      'r.ts':
        "import { Router } from 'express';\nexport const r = Router();\nr.get('/x', (q, s) => s.end());",
    },
    after: {
      'app.ts': app("import { r } from './r.js';\napp.use('/v2', r);"),
      'r.ts':
        "import { Router } from 'express';\nexport const r = Router();\nr.get('/x', (q, s) => s.end());",
    },
    expected: ['route renamed GET /v2/x'],
  },
  {
    name: 'routes come from a loop',
    before: { 'app.ts': app("for (const path of ['/a']) app.get(path, show);") },
    after: { 'app.ts': app("for (const path of ['/a', '/b']) app.get(path, show);") },
    expected: ['route added GET /b'],
  },
  {
    name: 'a call that only looks like a route',
    before: { 'app.ts': app("app.get('/a', show);") },
    after: {
      'app.ts': app(
        "app.get('/a', show);\nconst settings = new Map();\nsettings.get('/b', 1);\naxios.post('/c', {});",
      ),
    },
    expected: [],
  },
  {
    name: 'middleware comes before a route',
    before: { 'app.ts': app("app.get('/a', show);") },
    after: { 'app.ts': app("app.use(helmet());\napp.get('/a', guard, show);") },
    expected: ['route changed GET /a'],
  },
  {
    name: 'a controller class with decorators',
    before: { 'c.ts': "@Controller('cats')\nexport class Cats { @Get() all() {} }" },
    after: { 'c.ts': "@Controller('cats')\nexport class Cats { @Get() all() {} @Post() make() {} }" },
    expected: ['route added POST /cats'],
  },
  {
    name: 'a label comes from a translation',
    before: {
      'p.tsx': "export const P = () => <button>{t('save')}</button>;",
      'locales/en.json': '{"save": "Save"}',
    },
    after: {
      'p.tsx': "export const P = () => <button>{t('save')}</button>;",
      'locales/en.json': '{"save": "Save all"}',
    },
    expected: ['ui-text changed P › button "Save all"'],
  },
  {
    name: 'a class name is no text',
    before: { 'p.tsx': 'export const P = () => <p className="a">Hi</p>;' },
    after: {
      'p.tsx': 'export const P = () => <p className="b" data-x="y" style={{ color: \'red\' }}>Hi</p>;',
    },
    expected: [],
  },
  {
    name: 'a link leads elsewhere and a label is added',
    before: { 'p.tsx': 'export const P = () => <a href="/old">Help</a>;' },
    after: { 'p.tsx': 'export const P = () => <a href="/new" aria-label="Help page">Help</a>;' },
    expected: ['ui-text changed P › a link "Help" to /new', 'ui-text added P › a label "Help page"'],
  },
  {
    name: 'a setting moves to another file',
    before: { 'a.ts': "export const a = process.env.SHOP_A ?? '1';", 'b.ts': '' },
    after: { 'a.ts': '', 'b.ts': "export const a = process.env.SHOP_A ?? '1';" },
    expected: [],
  },
  {
    name: 'one of two places stops reading a setting',
    before: { 'a.ts': 'go(process.env.SHOP_A);', 'b.ts': 'go(process.env.SHOP_A);' },
    after: { 'a.ts': 'go();', 'b.ts': 'go(process.env.SHOP_A);' },
    expected: [],
  },
  {
    name: 'a setting in a test is none',
    before: { 'a.test.ts': '' },
    after: { 'a.test.ts': "process.env.ONLY_HERE = '1'; const x = process.env.ONLY_HERE;" },
    expected: [],
  },
  {
    name: 'a dependency becomes one for development',
    before: { 'package.json': '{"name":"kit","private":true,"dependencies":{"zod":"4.0.0"}}' },
    after: { 'package.json': '{"name":"kit","private":true,"devDependencies":{"zod":"4.0.0"}}' },
    expected: ['dependency changed zod'],
  },
  {
    name: 'an option is required now',
    before: {
      'cli.ts': "import { program } from 'commander';\nprogram.option('-o, --output <path>', 'where');",
    },
    after: {
      'cli.ts':
        "import { program } from 'commander';\nprogram.requiredOption('-o, --output <path>', 'where');",
    },
    expected: ['flag changed --output'],
  },
  {
    name: 'a NestJS controller gets a route and loses one',
    before: nest(
      "app.setGlobalPrefix('api');",
      "@Get() all() {}\n@Get(':id') one() { return 1; }\n@Delete(':id') drop() {}",
    ),
    after: nest(
      "app.setGlobalPrefix('api');",
      "@Get() all() {}\n@Get(':id') one() { return 1; }\n@Post() make(@Body() body: Cat) {}",
    ),
    expected: ['route added POST /api/cats', 'route removed DELETE /api/cats/:id'],
  },
  {
    name: 'the prefix of a NestJS application changes',
    before: nest("app.setGlobalPrefix('v1');", '@Get() all() {}'),
    after: nest("app.setGlobalPrefix('v2', { exclude: ['dogs'] });", '@Get() all() {}'),
    expected: ['route renamed GET /v2/cats'],
  },
  {
    name: 'a NestJS service and a guard change',
    before: nest('', '@Get() all() {}'),
    after: nest('app.enableCors();', '@UseGuards(Door) @Get() all(@Query() query: Search) { return query; }'),
    expected: [],
  },
  {
    name: 'a setting is read through a helper',
    before: {
      'a.ts':
        "const env = (name: string, fallback?: string) => process.env[name] ?? fallback;\nexport const a = env('SHOP_A', '1');",
    },
    after: {
      'a.ts':
        "const env = (name: string, fallback?: string) => process.env[name] ?? fallback;\nexport const a = env('SHOP_A', '2');\nexport const b = env('SHOP_B');",
    },
    expected: ['configuration changed SHOP_A', 'configuration added SHOP_B'],
  },
  {
    name: 'paths and texts come from constants',
    before: {
      'app.ts': app("const PATHS = { a: '/a' } as const;\napp.get(PATHS.a, show);"),
      'p.tsx':
        "const TEXTS = { save: 'Save' } as const;\nexport const P = () => <button>{TEXTS.save}</button>;",
    },
    after: {
      'app.ts': app(
        "const PATHS = { a: '/a', b: '/b' } as const;\napp.get(PATHS.a, show);\napp.post(PATHS.b, make);",
      ),
      'p.tsx':
        "const TEXTS = { save: 'Save all' } as const;\nexport const P = () => <button>{TEXTS.save}</button>;",
    },
    expected: ['route added POST /b', 'ui-text changed P › button "Save all"'],
  },
  {
    name: 'a parameter hides a constant of its name',
    before: {
      'p.tsx': "const label = 'Save';\nexport const P = ({ label }) => <button>{label}</button>;",
    },
    after: {
      'p.tsx': "const label = 'Save all';\nexport const P = ({ label }) => <button>{label}</button>;",
    },
    expected: [],
  },
  {
    name: 'a table of routes gets a row and another path',
    before: {
      'app.ts': app(
        "const rows = [{ method: 'get', path: '/a', handler: a }, { method: 'get', path: '/old', handler: b }];\nfor (const row of rows) app[row.method](row.path, row.handler);",
      ),
    },
    after: {
      'app.ts': app(
        "const rows = [{ method: 'get', path: '/a', handler: a }, { method: 'get', path: '/new', handler: b }, { method: 'put', path: '/a', handler: c }];\nfor (const row of rows) app[row.method](row.path, row.handler);",
      ),
    },
    expected: ['route added PUT /a', 'route renamed GET /new'],
  },
];
