import {
  groups,
  type Shop,
  type ShopComponent,
  type ShopFunction,
  type ShopRoute,
  type ShopStyle,
} from './shop-model.ts';

const parameterText = ({ name, type, required }: ShopFunction['parameters'][number]): string =>
  `${name}${required ? '' : '?'}: ${type}`;

const functionBody = ({ name, body }: ShopFunction, { bodyLines = 0 }: ShopStyle): string => {
  const lines = Array.from(
    { length: bodyLines },
    (_, line) => `  if (label.startsWith('${name}', ${line})) console.log(label, ${line} * ${line + 1});\n`,
  );
  return `  // Step ${body}.\n  const label = '${name} ${body}';\n${lines.join('')}  return label.length > ${body} ? undefined : undefined;\n`;
};

const functionText = (found: ShopFunction, style: ShopStyle, exported: boolean): string => {
  const { name, parameters, returns } = found;
  if (style.exports === 'common-js') {
    return `function ${name}(${parameters.map((parameter) => parameter.name).join(', ')}) {\n${functionBody(found, style)}}\n`;
  }
  const list = parameters.map(parameterText).join(', ');
  return `${exported ? 'export ' : ''}function ${name}(${list}): ${returns} {\n${functionBody(found, style)}}\n`;
};

const moduleName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const extension = ({ exports }: ShopStyle): string => (exports === 'common-js' ? 'js' : 'ts');

const functionFiles = ({ functions }: Shop, style: ShopStyle): [string, string][] =>
  functions.map((found) => {
    const file = `src/tools/${moduleName(found.name)}.${extension(style)}`;
    if (style.exports === 'common-js')
      return [file, `${functionText(found, style, false)}\nmodule.exports = { ${found.name} };\n`];
    if (style.exports === 'list')
      return [file, `${functionText(found, style, false)}\nexport { ${found.name} };\n`];
    return [file, functionText(found, style, true)];
  });

const indexText = ({ functions }: Shop, style: ShopStyle): string => {
  const open = functions.filter(({ isPublic }) => isPublic);
  if (style.exports === 'common-js') {
    const lines = open.map(({ name }) => `  ${name}: require('./tools/${moduleName(name)}').${name},`);
    return `module.exports = {\n${lines.join('\n')}\n};\n`;
  }
  const star = style.exports === 'inline';
  const lines = open.map(({ name }) =>
    star
      ? `export * from './tools/${moduleName(name)}.js';`
      : `export { ${name} } from './tools/${moduleName(name)}.js';`,
  );
  return `${lines.join('\n')}\nexport const version = 1;\n`;
};

const routeLine = (owner: string, { method, path, body }: ShopRoute): string =>
  `  ${owner}.${method.toLowerCase()}('${path}', (request, response) => response.send('${method} ${path} ${body}'));`;

const groupText = (group: string, routes: readonly ShopRoute[], style: ShopStyle): string => {
  const lines = (owner: string) => routes.map((route) => routeLine(owner, route)).join('\n');
  switch (style.routes) {
    case 'router':
      return `import { Router } from 'express';\nexport const ${group} = Router();\n${lines(group)}\n`;
    case 'factory':
      return `import express from 'express';\nexport default function make() {\n  const router = express.Router();\n${lines('router')}\n  return router;\n}\n`;
    case 'handed':
      return `import type { Express } from 'express';\nexport const ${group} = (app: Express): void => {\n${lines('app')}\n};\n`;
    case 'fastify':
      return `import type { FastifyInstance } from 'fastify';\nexport async function ${group}(fastify: FastifyInstance) {\n${lines('fastify')}\n}\n`;
    default:
      return `export const ${group} = [\n${routes.map(({ method, path, body }) => `  ['${method}', '${path}', 'answer ${body}'],`).join('\n')}\n];\n`;
  }
};

const mountLine = (group: string, { routes }: ShopStyle): string => {
  if (routes === 'handed') return `${group}(app);`;
  if (routes === 'fastify') return `app.register(${group}, { prefix: '/api' });`;
  if (routes === 'table') return `for (const [method, path, text] of ${group}) add(app, method, path, text);`;
  return `app.use('/api', ${routes === 'factory' ? `${group}()` : group});`;
};

const serverText = (style: ShopStyle): string => {
  const isFastify = style.routes === 'fastify';
  const take = (group: string) =>
    style.routes === 'factory'
      ? `import ${group} from './routes/${group}.js';`
      : `import { ${group} } from './routes/${group}.js';`;
  return [
    isFastify ? "import Fastify from 'fastify';" : "import express from 'express';",
    ...groups.map(take),
    isFastify ? 'const app = Fastify();' : 'const app = express();',
    ...groups.map((group) => mountLine(group, style)),
    '',
  ].join('\n');
};

/** Its number alone, which no other text has. */
const textKey = (text: string): string => text.slice(text.lastIndexOf(' ') + 1);

const elementText = ({ element, text }: ShopComponent['texts'][number], style: ShopStyle): string => {
  const content =
    style.texts === 'inline'
      ? text
      : style.texts === 'expression'
        ? `{ready ? '${text}' : null}`
        : `{texts['${textKey(text)}']}`;
  return `      <${element}>${content}</${element}>`;
};

const componentText = ({ name, properties, texts, body }: ShopComponent, style: ShopStyle): string => {
  const names = properties.map((property) => property.name).join(', ');
  const table =
    style.texts === 'constant'
      ? `const texts = { ${texts.map(({ text }) => `'${textKey(text)}': '${text}'`).join(', ')} };\n`
      : '';
  return `${table}interface ${name}Properties {\n${properties.map((property) => `  ${parameterText(property)};`).join('\n')}\n}\n
export function ${name}({ ${names} }: ${name}Properties) {
  const ready = Date.now() > ${body};
  return (
    <section>
${texts.map((text) => elementText(text, style)).join('\n')}
    </section>
  );
}
`;
};

const settingsText = ({ settings }: Shop, style: ShopStyle): string => {
  const lines = settings.map(({ name, fallback }) => {
    if (style.settings === 'member')
      return `export const ${name.toLowerCase()} = process.env.${name} ?? '${fallback}';`;
    if (style.settings === 'helper')
      return `export const ${name.toLowerCase()} = read('${name}', '${fallback}');`;
    return style.settings === 'pattern'
      ? `  ${name} = '${fallback}',`
      : `  ${name}: z.string().default('${fallback}'),`;
  });
  if (style.settings === 'pattern') return `export const {\n${lines.join('\n')}\n} = process.env;\n`;
  if (style.settings === 'schema')
    return `import { z } from 'zod';\nexport const schema = z.object({\n${lines.join('\n')}\n});\n`;
  const helper =
    style.settings === 'helper' ? 'const read = (name, fallback) => process.env[name] ?? fallback;\n' : '';
  return `${helper}${lines.join('\n')}\n`;
};

const cliText = ({ flags }: Shop, style: ShopStyle): string => {
  if (style.flags === 'commander') {
    const lines = flags.map(
      ({ name, takesValue, description }) =>
        `  .option('--${name}${takesValue ? ' <value>' : ''}', '${description}')`,
    );
    return `import { Command } from 'commander';\nnew Command('shop')\n${lines.join('\n')}\n  .parse();\n`;
  }
  const entry =
    (key: string) =>
    ({ name, takesValue, description }: Shop['flags'][number]) =>
      `    '${name}': { type: '${takesValue ? 'string' : 'boolean'}', ${key}: '${description}' },`;
  if (style.flags === 'yargs') {
    return `import yargs from 'yargs';\nyargs(process.argv)\n  .options({\n${flags.map(entry('describe')).join('\n')}\n  })\n  .parse();\n`;
  }
  return `import { parseArgs } from 'node:util';\nparseArgs({\n  options: {\n${flags.map(entry('description')).join('\n')}\n  },\n});\n`;
};

const manifestText = ({ dependencies }: Shop, style: ShopStyle): string =>
  `${JSON.stringify(
    {
      name: '@acme/shop',
      version: '1.0.0',
      bin: { shop: './src/cli.js' },
      exports: style.exports === 'common-js' ? './src/index.js' : './dist/index.js',
      dependencies: Object.fromEntries(dependencies.map(({ name, range }) => [name, range])),
    },
    undefined,
    2,
  )}\n`;

/** All files of the product in one style of writing. */
export const shopFiles = (shop: Shop, style: ShopStyle): Map<string, string> =>
  new Map([
    ['package.json', manifestText(shop, style)],
    [`src/index.${extension(style)}`, indexText(shop, style)],
    ...functionFiles(shop, style),
    ['src/server.ts', serverText(style)],
    ...groups.map((group): [string, string] => [
      `src/routes/${group}.ts`,
      groupText(
        group,
        shop.routes.filter((route) => route.group === group),
        style,
      ),
    ]),
    ...shop.components.map((component): [string, string] => [
      `web/${component.name}.tsx`,
      componentText(component, style),
    ]),
    ['src/config.ts', settingsText(shop, style)],
    ['src/cli.ts', cliText(shop, style)],
    ['README.md', `# Shop\n\nNote ${shop.notes}.\n`],
    [
      'test/shop.test.ts',
      `process.env.NOT_A_SETTING_${shop.notes} = '1';\nexport const notPublic${shop.notes} = () => 1;\n`,
    ],
  ]);
