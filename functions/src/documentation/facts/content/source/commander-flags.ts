import type { Node } from 'oxc-parser';
import type { FlagSide } from '../../../../protocol/fact-sides.ts';
import type { FlagFound, ModuleImport, UnresolvedFound } from '../file-summary.ts';
import { constantText } from './constants.ts';
import type { Placed, SourceIndex } from './source-index.ts';
import { briefText, lineOf, literalText, nameOf, type SourceFile, unwrapped } from './syntax.ts';

export interface FlagsFound {
  flags: FlagFound[];
  unresolved: UnresolvedFound[];
}

type Call = Extract<Node, { type: 'CallExpression' | 'NewExpression' }>;

/** The long name of `-o, --output <path>`, else the short one. */
export const flagName = (usage: string): string =>
  usage.match(/--[\w-]+/)?.[0] ?? usage.match(/-\w/)?.[0] ?? usage;

const commandWord = (usage: string): string => usage.split(/\s/, 1)[0] ?? usage;

const join = (outer: string, inner: string): string => [outer, inner].filter(Boolean).join(' ');

/** Which command a chain of calls speaks of; `variables` knows what was found before. */
const commandOf = (index: SourceIndex, variables: Map<string, string>, node: Node): string => {
  const value = unwrapped(node);
  if (value.type === 'Identifier') return variables.get(value.name) ?? '';
  if (value.type !== 'CallExpression' || value.callee.type !== 'MemberExpression') return '';
  const outer = commandOf(index, variables, value.callee.object);
  const [usage] = value.arguments;
  const text = nameOf(value.callee.property) === 'command' ? constantText(index, usage) : undefined;
  return text === undefined ? outer : join(outer, commandWord(text));
};

interface Place {
  file: SourceFile;
  index: SourceIndex;
  variables: Map<string, string>;
}

const described = (description: string | undefined, fallback: string | undefined): Partial<FlagSide> => ({
  ...(description === undefined ? {} : { description }),
  ...(fallback === undefined ? {} : { default: fallback }),
});

/** Of a chain the part that matters, which may be lines below its beginning. */
const startOf = (node: Call): number =>
  node.callee.type === 'MemberExpression' ? node.callee.property.start : node.start;

const valueText = (file: SourceFile, node: Node | undefined): string | undefined =>
  node &&
  node.type !== 'ArrowFunctionExpression' &&
  node.type !== 'FunctionExpression' &&
  node.type !== 'Identifier'
    ? (literalText(node) ?? briefText(file, node, 80))
    : undefined;

/** The default is the third argument, or the fourth behind a function that parses the value. */
const defaultOf = (file: SourceFile, node: Call): string | undefined =>
  node.arguments.length > 3 ? valueText(file, node.arguments[3]) : valueText(file, node.arguments[2]);

const flag = (
  place: Place,
  node: Call,
  command: string,
  usage: string,
  form: FlagSide['form'],
): FlagFound => {
  const isOption = form === 'option';
  const side: FlagSide = {
    type: 'flag',
    form,
    ...(command ? { command } : {}),
    usage,
    required: form === 'argument' ? usage.startsWith('<') : false,
    ...described(
      constantText(place.index, node.arguments[1]),
      form === 'command' ? undefined : defaultOf(place.file, node),
    ),
  };
  return {
    name: isOption ? flagName(usage) : commandWord(usage.replace(/^[<[]|[\]>]$/g, '')),
    line: lineOf(place.file, startOf(node)),
    side,
  };
};

/** The option inside `addOption(new Option('--x <y>', 'text').default(1).makeOptionMandatory())`. */
const optionObject = (node: Node | undefined): { call: Call; mandatory: boolean } | undefined => {
  if (!node) return undefined;
  const value = unwrapped(node);
  if (value.type === 'NewExpression') return { call: value, mandatory: false };
  if (value.type !== 'CallExpression' || value.callee.type !== 'MemberExpression') return undefined;
  const inner = optionObject(value.callee.object);
  return (
    inner && {
      ...inner,
      mandatory: inner.mandatory || nameOf(value.callee.property) === 'makeOptionMandatory',
    }
  );
};

const forms: Record<string, FlagSide['form'] | undefined> = {
  option: 'option',
  requiredOption: 'option',
  argument: 'argument',
  command: 'command',
};

const descriptionBehind = (index: SourceIndex, node: Node): string | undefined => {
  const parent = index.parents.get(node);
  if (parent?.type !== 'MemberExpression') return undefined;
  const call = index.parents.get(parent);
  if (call?.type !== 'CallExpression') return undefined;
  return nameOf(parent.property) === 'description'
    ? constantText(index, call.arguments[0])
    : descriptionBehind(index, call);
};

const readCall = (place: Place, node: Call): FlagsFound => {
  const nothing: FlagsFound = { flags: [], unresolved: [] };
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return nothing;
  const method = nameOf(node.callee.property) ?? '';
  const command = commandOf(place.index, place.variables, node.callee.object);
  if (method === 'addOption') {
    const option = optionObject(node.arguments[0]);
    const usage = option && constantText(place.index, option.call.arguments[0]);
    if (!option || usage === undefined) return nothing;
    const found = flag(place, option.call, command, usage, 'option');
    return { flags: [{ ...found, side: { ...found.side, required: option.mandatory } }], unresolved: [] };
  }
  const form = forms[method];
  if (!form) return nothing;
  const usage = constantText(place.index, node.arguments[0]);
  if (usage === undefined) {
    const reason = 'The usage is known at run time only.';
    const line = lineOf(place.file, startOf(node));
    return {
      flags: [],
      unresolved: [{ what: 'flag', subject: briefText(place.file, node.callee.property, 80), reason, line }],
    };
  }
  const found = flag(place, node, command, usage, form);
  const required = method === 'requiredOption' || found.side.required;
  const text =
    found.side.description ?? (form === 'command' ? descriptionBehind(place.index, node) : undefined);
  return {
    flags: [{ ...found, side: { ...found.side, required, ...(text ? { description: text } : {}) } }],
    unresolved: [],
  };
};

const readVariables = (index: SourceIndex): Map<string, string> => {
  const variables = new Map<string, string>();
  for (const { node } of index.declarators) {
    if (node.id.type !== 'Identifier' || !node.init) continue;
    const command = commandOf(index, variables, node.init);
    if (command) variables.set(node.id.name, command);
  }
  return variables;
};

/** Commands, options and arguments of the commander library. */
export const readCommanderFlags = (
  file: SourceFile,
  index: SourceIndex,
  imports: readonly ModuleImport[],
): FlagsFound => {
  if (!imports.some(({ source }) => source === 'commander')) return { flags: [], unresolved: [] };
  const place = { file, index, variables: readVariables(index) };
  const found = index.calls.map(({ node }: Placed<Call>) => readCall(place, node));
  return {
    flags: found.flatMap(({ flags }) => flags),
    unresolved: found.flatMap(({ unresolved }) => unresolved),
  };
};
