import type { Node } from 'oxc-parser';
import type { FlagSide } from '../../../../protocol/fact-sides.ts';
import type { FlagFound, ModuleImport } from '../file-summary.ts';
import { constantText } from './constants.ts';
import type { SourceIndex } from './source-index.ts';
import {
  briefText,
  dottedName,
  lineOf,
  literalText,
  nameOf,
  propertyOf,
  type SourceFile,
  unwrapped,
} from './syntax.ts';

type Call = Extract<Node, { type: 'CallExpression' | 'NewExpression' }>;

const isTrue = (node: Node | undefined): boolean => node?.type === 'Literal' && node.value === true;

/** What is there or not, or is only counted. */
const withoutValue = new Set(['boolean', 'count']);

/** One option that an object describes: `{ type: 'string', short: 'o', default: 'x', describe: '…' }`. */
const readOption = (file: SourceFile, name: string, options: Node, command: string): FlagFound => {
  const alias = literalText(propertyOf(options, 'short') ?? propertyOf(options, 'alias'));
  const type = literalText(propertyOf(options, 'type'));
  const fallback = propertyOf(options, 'default');
  const text = literalText(
    propertyOf(options, 'describe') ?? propertyOf(options, 'description') ?? propertyOf(options, 'desc'),
  );
  const value = type === undefined || withoutValue.has(type) ? '' : ` <${type}>`;
  const long = alias && alias.length > 1 ? `--${alias}, ` : alias ? `-${alias}, ` : '';
  const side: FlagSide = {
    type: 'flag',
    form: 'option',
    ...(command ? { command } : {}),
    usage: `${long}--${name}${value}`,
    required: isTrue(propertyOf(options, 'demandOption')) || isTrue(propertyOf(options, 'required')),
    ...(fallback ? { default: literalText(fallback) ?? briefText(file, fallback, 80) } : {}),
    ...(text ? { description: text } : {}),
  };
  return { name: `--${name}`, line: lineOf(file, options.start), side };
};

const readOptions = (file: SourceFile, node: Node | undefined, command = ''): FlagFound[] => {
  if (node?.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((property): FlagFound[] => {
    const name = property.type === 'Property' ? nameOf(property.key) : undefined;
    return property.type === 'Property' && name ? [readOption(file, name, property.value, command)] : [];
  });
};

/** An object of options may be written apart: `const options = {…}; parseArgs({ options })`. */
const declaredObject = (index: SourceIndex, node: Node | undefined): Node | undefined => {
  const value = node ? unwrapped(node) : undefined;
  if (value?.type !== 'Identifier') return value;
  const declarator = index.declarators.find(
    ({ node: { id } }) => id.type === 'Identifier' && id.name === value.name,
  );
  return declarator?.node.init ? unwrapped(declarator.node.init) : undefined;
};

const readParseArgs = (file: SourceFile, index: SourceIndex, node: Call): FlagFound[] => {
  if (!/(^|\.)parseArgs$/.test(dottedName(node.callee) ?? '')) return [];
  const configuration = declaredObject(index, node.arguments[0]);
  return readOptions(file, declaredObject(index, propertyOf(configuration, 'options')));
};

/** A command of yargs with the function that adds what it takes. */
interface BuiltCommand {
  usage: string;
  builder: Node;
}

const isMethod = ({ callee }: Call, name: string): boolean =>
  callee.type === 'MemberExpression' && nameOf(callee.property) === name;

const builtCommands = (index: SourceIndex): BuiltCommand[] =>
  index.calls.flatMap(({ node }) => {
    const { usage, builder } = isMethod(node, 'command') ? commandParts(index, node) : {};
    return usage !== undefined && builder ? [{ usage, builder }] : [];
  });

/** `command('add <text>', 'add one', builder)`, with other names in a list, or all of it in an object. */
const commandParts = (index: SourceIndex, { arguments: [first, second, third] }: Call) => {
  const isObject = first?.type === 'ObjectExpression';
  const part = (name: string, given: Node | undefined) => (isObject ? propertyOf(first, name) : given);
  const named = part('command', first);
  const usage = constantText(index, named?.type === 'ArrayExpression' ? named.elements[0] : named);
  return {
    usage,
    description: constantText(index, part('describe', second) ?? part('desc', undefined)),
    builder: part('builder', third),
  };
};

/** The command in whose builder a call stands, the innermost first. */
const usageAround = (commands: readonly BuiltCommand[], { start }: Node): string =>
  commands
    .filter(({ builder }) => builder.start <= start && start < builder.end)
    .toSorted((one, other) => other.builder.start - one.builder.start)[0]?.usage ?? '';

const firstWord = (usage: string): string => usage.split(/\s/, 1)[0] ?? usage;

const readPositional = (file: SourceFile, name: string, options: Node, usage: string): FlagFound => {
  const { line, side } = readOption(file, name, options, firstWord(usage));
  const required = usage.includes(`<${name}`);
  const shown = required ? `<${name}>` : `[${name}]`;
  return { name, line, side: { ...side, form: 'argument', usage: shown, required } };
};

interface YargsReading {
  file: SourceFile;
  index: SourceIndex;
  commands: readonly BuiltCommand[];
}

const readYargs = ({ file, index, commands }: YargsReading, node: Call): FlagFound[] => {
  if (node.callee.type !== 'MemberExpression') return [];
  const method = nameOf(node.callee.property);
  const [first, second] = node.arguments;
  const name = constantText(index, first);
  // Of a chain the method's own place matters: the call begins where the chain does.
  const around = usageAround(commands, node.callee.property);
  if (method === 'options') return readOptions(file, declaredObject(index, first), firstWord(around));
  const options = declaredObject(index, second) ?? node;
  if (method === 'option' && name !== undefined) return [readOption(file, name, options, firstWord(around))];
  if (method === 'positional' && name !== undefined) return [readPositional(file, name, options, around)];
  if (method !== 'command') return [];
  const { usage, description, builder } = commandParts(index, node);
  if (usage === undefined) return [];
  const command = firstWord(usage);
  const side: FlagSide = {
    type: 'flag',
    form: 'command',
    usage,
    required: false,
    ...(description ? { description } : {}),
  };
  return [{ name: command, line: lineOf(file, node.start), side }, ...readOptions(file, builder, command)];
};

/** Options of node:util's parseArgs and of yargs. */
export const readOptionObjects = (
  file: SourceFile,
  index: SourceIndex,
  imports: readonly ModuleImport[],
): FlagFound[] => {
  const sources = new Set(imports.map(({ source }) => source.replace(/^node:/, '')));
  const isYargs = sources.has('yargs') || sources.has('yargs/yargs');
  const reading = { file, index, commands: isYargs ? builtCommands(index) : [] };
  return index.calls.flatMap(({ node }) => [
    ...(sources.has('util') ? readParseArgs(file, index, node) : []),
    ...(isYargs ? readYargs(reading, node) : []),
  ]);
};
