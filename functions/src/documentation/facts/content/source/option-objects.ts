import type { Node } from 'oxc-parser';
import type { FlagSide } from '../../../../protocol/fact-sides.ts';
import type { FlagFound, ModuleImport } from '../file-summary.ts';
import { constantText, type SourceIndex } from './source-index.ts';
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

/** One option that an object describes: `{ type: 'string', short: 'o', default: 'x', describe: '…' }`. */
const readOption = (file: SourceFile, name: string, options: Node, command: string): FlagFound => {
  const alias = literalText(propertyOf(options, 'short') ?? propertyOf(options, 'alias'));
  const type = literalText(propertyOf(options, 'type'));
  const fallback = propertyOf(options, 'default');
  const text = literalText(
    propertyOf(options, 'describe') ?? propertyOf(options, 'description') ?? propertyOf(options, 'desc'),
  );
  const value = type === undefined || type === 'boolean' ? '' : ` <${type}>`;
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

const readYargs = (file: SourceFile, index: SourceIndex, node: Call): FlagFound[] => {
  if (node.callee.type !== 'MemberExpression') return [];
  const method = nameOf(node.callee.property);
  const [first, second, third] = node.arguments;
  const name = constantText(index, first);
  if (method === 'options') return readOptions(file, declaredObject(index, first));
  if (method === 'option' && name !== undefined) {
    return [readOption(file, name, declaredObject(index, second) ?? node, '')];
  }
  if (method !== 'command' || name === undefined) return [];
  const description = constantText(index, second);
  const command = name.split(/\s/, 1)[0] ?? name;
  const side: FlagSide = {
    type: 'flag',
    form: 'command',
    usage: name,
    required: false,
    ...(description ? { description } : {}),
  };
  return [{ name: command, line: lineOf(file, node.start), side }, ...readOptions(file, third, command)];
};

/** Options of node:util's parseArgs and of yargs. */
export const readOptionObjects = (
  file: SourceFile,
  index: SourceIndex,
  imports: readonly ModuleImport[],
): FlagFound[] => {
  const sources = new Set(imports.map(({ source }) => source.replace(/^node:/, '')));
  return index.calls.flatMap(({ node }) => [
    ...(sources.has('util') ? readParseArgs(file, index, node) : []),
    ...(sources.has('yargs') || sources.has('yargs/yargs') ? readYargs(file, index, node) : []),
  ]);
};
