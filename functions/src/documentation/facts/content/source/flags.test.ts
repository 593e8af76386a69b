import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../../../testing/code-surface.ts';

const flagsOf = (text: string) =>
  summaryOf('src/cli.ts', text).flags.map(({ name, side }) => ({ name, ...side }));

describe('command-line flags', () => {
  it('[DO2] reads commander: commands within commands, options, arguments, defaults', () => {
    const flags = flagsOf(`
import { Command, Option } from 'commander';
const program = new Command('shop').option('-v, --verbose', 'tell more');
const orders = program.command('orders').description('what people bought');
orders.command('export <file>').description('write a file').requiredOption('-f, --format <kind>', 'csv or json', 'csv').action(run);
orders.addOption(new Option('--limit <n>', 'at most').default(10).makeOptionMandatory());
program.command('serve').argument('[port]', 'where', parse, 3000).option(usage);
`);
    const shown = flags.map(({ name, command = '', usage, required, default: fallback = '' }) =>
      [name, command, usage, required, fallback].join(' | '),
    );
    expect(shown.sort()).toEqual([
      '--format | orders export | -f, --format <kind> | true | csv',
      '--limit | orders | --limit <n> | true | ',
      '--verbose |  | -v, --verbose | false | ',
      'export | orders | export <file> | false | ',
      'orders |  | orders | false | ',
      'port | serve | [port] | false | 3000',
      'serve |  | serve | false | ',
    ]);
    expect(flags.find(({ name }) => name === 'orders')?.description).toBe('what people bought');
  });

  it('[DO2] says which options it could not read', () => {
    const { unresolved } = summaryOf(
      'src/cli.ts',
      "import { program } from 'commander'; program.option(usage);",
    );
    expect(unresolved).toMatchObject([{ what: 'flag', line: 1 }]);
  });

  it('[DO2] reads parseArgs of Node', () => {
    expect(
      flagsOf(`
import { parseArgs } from 'node:util';
const options = { output: { type: 'string', short: 'o', default: 'out.md' }, all: { type: 'boolean' } } as const;
const { values } = parseArgs({ options, allowPositionals: true });`),
    ).toEqual([
      {
        name: '--output',
        type: 'flag',
        form: 'option',
        usage: '-o, --output <string>',
        required: false,
        default: 'out.md',
      },
      { name: '--all', type: 'flag', form: 'option', usage: '--all', required: false },
    ]);
  });

  it('[DO2] reads yargs', () => {
    const flags = flagsOf(`
import yargs from 'yargs';
yargs(process.argv).command('serve [port]', 'start it', (y) => y).option('size', { alias: 's', type: 'number', demandOption: true, describe: 'how big' })
  .options({ quiet: { type: 'boolean', default: false } }).parse();`);
    expect(flags.map(({ name, usage, required }) => [name, usage, required])).toEqual([
      ['--quiet', '--quiet', false],
      ['--size', '-s, --size <number>', true],
      ['serve', 'serve [port]', false],
    ]);
  });

  it('[DO2] knows to which command of yargs an option belongs, and what only counts', () => {
    const flags = flagsOf(`
import yargs from 'yargs';
yargs(process.argv)
  .command('serve <port> [host]', 'start it', (y) => {
    return y.positional('port', { type: 'number' }).positional('host', { default: 'localhost' }).option('open', { type: 'boolean' });
  })
  .option('verbose', { alias: 'v', type: 'count' }).parse();`);
    const shown = flags.map(({ name, form, command = '', usage, required }) => [
      name,
      form,
      command,
      usage,
      required,
    ]);
    expect(shown.sort()).toEqual([
      ['--open', 'option', 'serve', '--open', false],
      ['--verbose', 'option', '', '-v, --verbose', false],
      ['host', 'argument', 'serve', '[host]', false],
      ['port', 'argument', 'serve', '<port>', true],
      ['serve', 'command', '', 'serve <port> [host]', false],
    ]);
  });

  it('[DO2] reads commands of yargs that are lists or objects', () => {
    const flags = flagsOf(`
import yargs from 'yargs';
yargs().command(['list', 'ls'], 'list notes', { json: { type: 'boolean' } })
  .command({ command: 'find <query>', describe: 'find notes', builder: (y) => y.option('limit', { type: 'number' }), handler() {} });`);
    const shown = flags.map(({ name, command = '', usage, description = '' }) => [
      name,
      command,
      usage,
      description,
    ]);
    expect(shown.sort()).toEqual([
      ['--json', 'list', '--json', ''],
      ['--limit', 'find', '--limit <number>', ''],
      ['find', '', 'find <query>', 'find notes'],
      ['list', '', 'list', 'list notes'],
    ]);
  });

  it('[DO2] ignores the same calls of other libraries', () => {
    expect(flagsOf("import { select } from 'ui'; select.option('--x').command('y');")).toEqual([]);
  });
});
