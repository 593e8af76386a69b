import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../../../testing/code-surface.ts';

const routesOf = (lines: string) => {
  const text = `import express from 'express';\nconst app = express();\n${lines}`;
  const { routes, unresolved } = summaryOf('src/app.ts', text);
  return [
    ...routes.map(({ method, path }) => `${method} ${path}`),
    ...unresolved.map(({ subject }) => `? ${subject}`),
  ];
};

const textsOf = (text: string) =>
  summaryOf('src/page.tsx', text).texts.map(({ side: { component, element, role, text: words, target } }) =>
    [component, element, role, words, ...(target === undefined ? [] : [target])].join(' | '),
  );

describe('constants', () => {
  it('[DO2] reads paths from constants, tables of constants and enums', () => {
    const found = routesOf(`
const BASE = '/api';
const ROUTES = { users: '/users', orders: { list: \`\${BASE}/orders\`, one: '/orders/:id' } } as const;
const FROZEN = Object.freeze({ ...ROUTES, health: '/health', 'not-found': '*' });
enum Paths { Login = '/login', Logout = '/logout' }
var legacy = '/legacy';
const both = ['/one', BASE + '/two'];
app.get(ROUTES.users, list);
app.get(ROUTES.orders.list, list);
app.post(\`\${BASE}\${ROUTES.orders.one}\`, show);
app.get(FROZEN.health, show).get(FROZEN['not-found'], show).get(FROZEN.users, show);
app.post(Paths.Login, login);
app.get(legacy, show);
app.get(both, show);
function add() { const own = '/own'; app.get(own, show); }
app.get(LATER, show);
const LATER = '/later';`);
    expect(found.sort()).toEqual(
      [
        'GET /users',
        'GET /api/orders',
        'POST /api/orders/:id',
        'GET /health',
        'GET *',
        'GET /users',
        'POST /login',
        'GET /legacy',
        'GET /one',
        'GET /api/two',
        'GET /own',
        'GET /later',
      ].sort(),
    );
  });

  it('[DO2] a name that may stand for something else stands for nothing', () => {
    const found = routesOf(`
const path = '/outer';
let changing = '/a'; changing = '/b';
let counted = '/c'; for (counted of list) go();
const table = { a: '/a', b: '/b' }; table.a = other;
const mixed = { a: '/a', ...others };
const first = second; const second = first;
const loop = \`\${loop}/x\`;
const { taken } = settings;
app.get(table.a, show);
app.get(changing, show);
app.get(counted, show);
app.get(mixed.a, show);
app.get(first, show);
app.get(loop, show);
app.get(taken, show);
app.get(table[name], show);
export const add = (path) => app.get(path, show);
export function addAll({ path }) { app.get(path, show); }
app.get(path, show);`);
    expect(found.filter((route) => !route.startsWith('?'))).toEqual(['GET /outer']);
    expect(found.filter((route) => route.startsWith('?'))).toHaveLength(10);
  });

  it('[DO2] a text that doubles itself again and again ends', () => {
    const lines = Array.from({ length: 60 }, (_, step) => `const t${step + 1} = t${step} + t${step};`);
    expect(routesOf(`const t0 = '/x';\n${lines.join('\n')}\napp.get(t60, show); app.get(t2, show);`)).toEqual(
      ['GET /x/x/x/x', '? app.get(t60, show)'],
    );
  });

  it('[DO2] what is made of itself ends', () => {
    expect(
      routesOf(`
const object = { ...object, a: '/a' };
const list = ['/x', ...list];
const rows = [{ path: '/y', more: rows }];
app.get(object.b, show);
for (const path of list) app.get(path, show);
for (const row of rows) for (const inner of row.more) app.get(inner.path, show);
app.get(object.a, show);`),
    ).toEqual(['GET /y', 'GET /a', '? app.get(object.b, show)', '? app.get(path, show)']);
  });

  it('[DO2] lists and objects that are spread again and again end', () => {
    const times = (count: number, text: string) => Array.from({ length: count }, () => text).join(',');
    const steps = Array.from({ length: 11 }, (_, step) => step);
    const lists = steps.map((step) => `const l${step} = [${times(100, `...l${step + 1}`)}];`);
    const objects = steps.map((step) => `const o${step} = { ${times(100, `...o${step + 1}`)} };`);
    expect(
      routesOf(`const l11 = [], o11 = {};\n${[...lists, ...objects].join('\n')}
for (const path of l0) app.get(path, show);
app.get(o0.path, show);`),
    ).toEqual(['? app.get(path, show)', '? app.get(o0.path, show)']);
  });

  it('[DO2] reads visible texts and links from constants', () => {
    expect(
      textsOf(`
const TITLE = 'Your orders';
const TEXTS = { save: 'Save', saving: \`Saving…\`, hints: { name: 'Full name' } } as const satisfies Texts;
const ROUTES = { orders: '/orders', help: '/help' };
const label = 'never shown';
export function Page({ busy, label, item }: Properties) {
  const hint = 'Only here';
  return (
    <main>
      <h1 title={TEXTS['hints'].name}>{TITLE}</h1>
      <button aria-label={TEXTS.save}>{busy ? TEXTS.saving : TEXTS.save}</button>
      <p>{hint}{label}{item.label}{TEXTS.missing}{TEXTS[item]}</p>
      <Link to={ROUTES.orders}>All orders</Link>
      {busy && <Hint text={TITLE} />}
    </main>
  );
}`),
    ).toEqual([
      'Page | h1 | title | Full name',
      'Page | h1 | text | Your orders',
      'Page | button | label | Save',
      'Page | button | text | Saving…',
      'Page | button | text | Save',
      'Page | p | text | Only here',
      'Page | Link | link | All orders | /orders',
      'Page | Link | text | All orders',
    ]);
  });

  it('[DO2] reads names and defaults of settings from constants', () => {
    const { settings, unresolved } = summaryOf(
      'src/start.ts',
      `
const PORT_NAME = 'SHOP_PORT';
const NAMES = { host: 'SHOP_HOST' } as const;
const DEFAULT_PORT = 3_000;
const defaults = { host: 'localhost' };
export const port = Number(process.env[PORT_NAME] ?? DEFAULT_PORT);
export const host = process.env[NAMES.host] || defaults.host;
export const proxy = process.env.SHOP_PROXY ?? homeOf(host);
for (const name of names) use(process.env[name]);`,
    );
    expect(settings.map(({ name, side }) => [name, side.default])).toEqual([
      ['SHOP_PORT', '3_000'],
      ['SHOP_HOST', 'localhost'],
      ['SHOP_PROXY', 'homeOf(host)'],
    ]);
    expect(unresolved.map(({ subject }) => subject)).toEqual(['process.env[name]']);
  });
});
