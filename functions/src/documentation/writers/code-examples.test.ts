import { describe, expect, it } from 'vitest';
import { documentOf } from '../../testing/document-of.ts';

const examplesOf = async (before: Record<string, string>, after: Record<string, string>) => {
  const document = await documentOf(before, { message: 'feat: more', files: after });
  return document.technicalDocumentation.examples.map(({ code }) => code.text);
};

describe('examples', () => {
  it('[DO13] make no object of an abstract class', async () => {
    const manifest = { 'package.json': JSON.stringify({ name: 'paper', main: 'index.ts' }) };
    const after = { 'index.ts': 'export abstract class Press {}\nexport class Inkjet extends Press {}' };
    expect(await examplesOf({ ...manifest, 'index.ts': '' }, after)).toEqual([
      "import { Inkjet } from 'paper';\n\nnew Inkjet();",
    ]);
  });

  it('[DO13] take a default export by any name, and one without a name not at all', async () => {
    const manifest = {
      'package.json': JSON.stringify({
        name: 'paper',
        exports: { '.': './index.ts', './fold': './fold.ts' },
      }),
    };
    const after = {
      'index.ts': 'export default function print(text: string) {}',
      'fold.ts': 'export default (text: string) => text;',
    };
    expect(await examplesOf({ ...manifest, 'index.ts': '' }, after)).toEqual([
      "import print from 'paper';\n\nprint(text);",
    ]);
  });

  it('[DO13] send with a request what it cannot do without', async () => {
    const paths = (more: object) =>
      JSON.stringify({ openapi: '3.1.0', paths: { '/orders/{id}': { get: more } } });
    const parameters = [
      { name: 'X-Shop', in: 'header', required: true },
      { name: 'page', in: 'query' },
    ];
    expect(await examplesOf({ 'a.ts': '' }, { 'openapi.json': paths({}) })).toEqual([
      'curl -X GET "$BASE_URL/orders/$id"',
    ]);
    expect(await examplesOf({ 'a.ts': '' }, { 'openapi.json': paths({ parameters }) })).toEqual([
      'GET /orders/:id\nX-Shop: {X-Shop}',
    ]);
  });

  it('[DO13] run a command with the arguments in its own words and the options it cannot do without', async () => {
    const manifest = { 'package.json': JSON.stringify({ name: 'shop', bin: { shop: 'cli.js' } }) };
    const cli = (...calls: string[]) => ({
      'cli.js': ["const { program } = require('commander');", ...calls, 'program.parse();'].join('\n'),
    });
    const list = "program.command('list').option('-a, --all', 'show all');";
    const print = `program.command('print <file> [pages]').requiredOption('-p, --printer <name>', 'where').option('--fast');`;
    expect(await examplesOf({ ...manifest, ...cli(list) }, cli(list, print))).toEqual([
      'shop print <file> --printer <name>',
    ]);
  });
});
