import { describe, expect, it } from 'vitest';
import { summaryOf, surfaceOf } from '../../../../testing/code-surface.ts';

const found = (lines: string, framework = 'express') => {
  const text = `import make from '${framework}';\nconst app = make();\n${lines}`;
  const { routes, unresolved } = summaryOf('src/app.ts', text);
  return [
    ...routes.map(({ source, method, path, line }) => `${source} ${method} ${path} ${line}`),
    ...unresolved.map(({ subject, reason }) => `? ${subject}: ${reason}`),
  ];
};

describe('loops over literal lists', () => {
  it('[DO2] reads routes that a loop makes of a table', () => {
    expect(
      found(`const routes = [
  { method: 'get', path: '/orders', handler: list },
  { method: 'post', path: '/orders', handler: create },
] as const;
for (const route of routes) app[route.method](route.path, requireAuth, route.handler);`),
    ).toEqual(['express GET /orders 4', 'express POST /orders 5']);
    expect(
      found(`const BASE = '/api';
const more = [['DELETE', '/orders/:id', remove]];
const table: Row[] = [['GET', '/orders/:id', (q, s) => s.json(1)], ...more];
table.forEach(([method, path, handler = missing]) => app[method.toLowerCase() as 'get'](\`\${BASE}\${path}\`, handler));`),
    ).toEqual(['express GET /api/orders/:id 5', 'express DELETE /api/orders/:id 4']);
    expect(
      found(
        "for (const path of ['/a', '/b']) app.get(path, show);\nfor (const path of ['/c']) app.put(path, show);",
      ),
    ).toEqual(['express GET /a 3', 'express GET /b 3', 'express PUT /c 4']);
    expect(
      found(`const groups = [{ prefix: '/a', routes: [{ verb: 'get', at: '/x' }, { verb: 'put', at: '/y' }] }, { prefix: '/b', routes: [{ verb: 'get', at: '/z' }] }];
groups.forEach(({ prefix, routes }) => {
  for (const { verb, at } of routes) {
    app[verb](prefix + at, (request, response) => response.json({ at }));
  }
});`).map((route) => route.replace(/ \d+$/, '')),
    ).toEqual(['express GET /a/x', 'express PUT /a/y', 'express GET /b/z']);
  });

  it('[DO2] reads routes of Fastify from a table', () => {
    expect(
      found(
        `const routes = [
  { method: 'GET', url: '/orders', handler: list },
  { method: ['PUT', 'PATCH'], url: '/orders/:id', preHandler: [guard], handler: change },
];
routes.forEach((route) => app.route(route));
const single = { method: 'GET', url: '/health', handler };
app.route(single);
app.route(makeRoute());`,
        'fastify',
      ),
    ).toEqual([
      'fastify GET /orders 4',
      'fastify PUT /orders/:id 5',
      'fastify PATCH /orders/:id 5',
      'fastify GET /health 9',
      '? app.route(makeRoute()): The path is known at run time only.',
    ]);
  });

  it('[DO2] a row is told with the prefix of its router, and only once', () => {
    const { elements } = surfaceOf({
      'src/app.ts': `
import express from 'express';
const app = express();
const router = express.Router();
const routes = [{ method: 'get', path: '/orders', handler: list }];
for (const { method, path, handler } of routes) router[method](path, handler);
app.use('/api', router);`,
    });
    expect([...elements.values()].map(({ subject, evidence }) => [subject, evidence])).toEqual([
      ['GET /api/orders', 'parsed'],
    ]);
  });

  it('[DO2] what a loop takes from elsewhere is said', () => {
    const reason = 'Its method or path is known at run time only.';
    expect(found('for (const route of routes) app[route.method](route.path, route.handler);')).toEqual([
      `? app[route.method](route.path, route.handler): ${reason}`,
    ]);
    expect(
      found(
        "const rows = [{ method: 'get', path: '/a' }, others];\nfor (const row of rows) app[row.method](row.path, show);",
      ),
    ).toEqual([`? app[row.method](row.path, show): ${reason}`]);
    expect(
      found(
        "['/a'].forEach((path) => later((path) => app.get(path, show)));\nlet each = ['/b']; each = others;\nfor (const path of each) app.get(path, show);",
      ),
    ).toEqual(Array.from({ length: 2 }, () => '? app.get(path, show): The path is known at run time only.'));
    const rows = Array.from({ length: 201 }, (_, row) => `'/${row}'`).join(', ');
    expect(found(`for (const path of [${rows}]) app.get(path, show);`)).toHaveLength(1);
  });

  it('[DO2] reads texts and links that are made of a list', () => {
    const { texts } = summaryOf(
      'src/menu.tsx',
      `const LINKS = [
  { to: '/orders', label: 'Your orders' },
  { to: '/help', label: 'Help', hint: 'Ask us' },
];
export const Menu = ({ items }) => (
  <nav>
    {LINKS.map((link) => (
      <a key={link.to} href={link.to} title={link.hint}>{link.label} <b>now</b></a>
    ))}
    {items.map((item) => <a href={item.to}>{item.label}</a>)}
  </nav>
);`,
    );
    expect(texts.map(({ line, side: { role, text, target } }) => [line, role, text, target])).toEqual([
      [2, 'link', 'Your orders now', '/orders'],
      [2, 'text', 'Your orders', undefined],
      [3, 'link', 'Help now', '/help'],
      [3, 'title', 'Ask us', undefined],
      [3, 'text', 'Help', undefined],
      [8, 'text', 'now', undefined],
    ]);
  });

  it('[DO2] reads settings whose names a loop goes through', () => {
    const { settings, unresolved } = summaryOf(
      'src/check.ts',
      "const NAMES = ['SHOP_A', 'PATH', 'SystemRoot', 'SHOP_B'];\nNAMES.forEach((name) => use(process.env[name]));\nfor (const name of names) use(process.env[name]);",
    );
    expect(settings.map(({ name }) => name)).toEqual(['SHOP_A', 'SHOP_B']);
    expect(unresolved).toHaveLength(1);
  });
});
