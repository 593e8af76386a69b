import type { Node } from 'oxc-parser';
import { functionAround } from './function-around.ts';
import type { Binding, SourceIndex } from './source-index.ts';
import {
  dottedName,
  encloses,
  groupedByName,
  literalText,
  nameOf,
  patternNames,
  unwrapped,
} from './syntax.ts';

const wholeModule = { start: -1, end: Number.POSITIVE_INFINITY };

/** The part of the module in which a variable holds: its loop, the function around it, or everything. */
const reachOf = (index: SourceIndex, declarator: Node): { start: number; end: number } =>
  index.loops.find(
    ({ left }) => left.type === 'VariableDeclaration' && left.declarations[0] === declarator,
  ) ??
  functionAround(index, declarator)?.node ??
  wholeModule;

/** Names that are bound more often are common ones, whose value nobody can tell. */
const mostBindings = 100;

/** Everything that a name is bound to in a module, unless it has no value anywhere. */
const findBindings = (index: SourceIndex, name: string): Binding[] => {
  index.lazy.declared ??= groupedByName(index.declarators, ({ node }) => patternNames(node.id));
  const declared = index.lazy.declared.get(name) ?? [];
  if (!index.each?.has(name) && !declared.some(({ node: { init } }) => init)) return [];
  index.lazy.parameters ??= groupedByName(index.functions, ({ node }) => node.params.flatMap(patternNames));
  const parameters = index.lazy.parameters.get(name) ?? [];
  if (declared.length + parameters.length > mostBindings) return [];
  const variables = declared.map(({ node }): Binding => {
    const { start, end } = reachOf(index, node);
    const value = node.id.type === 'Identifier' && !index.assigned.has(name) ? node.init : undefined;
    return { start, end, ...(value ? { value } : {}) };
  });
  return [...variables, ...parameters.map(({ node: { start, end } }): Binding => ({ start, end }))];
};

const bindingsOf = (index: SourceIndex, name: string): Binding[] => {
  const kept = index.bindings.get(name);
  if (kept && (kept.length > 0 || !index.each?.has(name))) return kept;
  const bindings = findBindings(index, name);
  index.bindings.set(name, bindings);
  return bindings;
};

/** What a name stands for at a place; undefined when several bindings may be meant, or its value changes. */
const boundValue = (index: SourceIndex, node: Extract<Node, { type: 'Identifier' }>): Node | undefined => {
  const around = bindingsOf(index, node.name).filter((binding) => encloses(binding, node));
  const start = Math.max(...around.map((binding) => binding.start));
  const nearest = around.filter((binding) => binding.start === start);
  if (nearest.length !== 1) return undefined;
  const each = index.each?.get(node.name);
  return (
    nearest[0]?.value ?? (each?.start === start && !index.assigned.has(node.name) ? each.value : undefined)
  );
};

const rootName = (node: Node): string | undefined => {
  const value = unwrapped(node);
  return value.type === 'MemberExpression' ? rootName(value.object) : nameOf(value);
};

const isWrite = (parent: Node | undefined, node: Node): boolean =>
  (parent?.type === 'AssignmentExpression' && parent.left === node) ||
  parent?.type === 'UpdateExpression' ||
  (parent?.type === 'UnaryExpression' && parent.operator === 'delete');

/** Objects to whose members a module writes: their literals say only what they were at first. */
const writtenObjects = ({ members, calls, parents }: SourceIndex): Set<string> => {
  const written = members
    .filter(({ node }) => isWrite(parents.get(node), node))
    .map(({ node }) => node.object);
  const assigned = calls
    .filter(({ node }) => dottedName(node.callee) === 'Object.assign')
    .flatMap(({ node }) => node.arguments[0] ?? []);
  return new Set([...written, ...assigned].flatMap((node) => rootName(node) ?? []));
};

/** Lists and objects are spread into each other a few times at most; one that spreads itself has no end. */
const mostSpreads = 10;

/** Looking into more of them is no reading of code that a person wrote. */
const mostLooks = 10_000;

const isWorthALook = ({ lazy }: SourceIndex, spreads: number): boolean => {
  lazy.looks = (lazy.looks ?? 0) + 1;
  return spreads <= mostSpreads && lazy.looks <= mostLooks;
};

/** The last value of a name in an object literal; undefined when something unknown may have another. */
export const memberValue = (
  index: SourceIndex,
  object: Node,
  name: string,
  spreads = 0,
): Node | undefined => {
  if (object.type !== 'ObjectExpression' || !isWorthALook(index, spreads)) return undefined;
  for (const property of object.properties.toReversed()) {
    if (property.type === 'SpreadElement') {
      const spread = constantValue(index, property.argument);
      if (spread.type !== 'ObjectExpression') return undefined;
      const value = memberValue(index, spread, name, spreads + 1);
      if (value) return value;
    } else if (property.computed) return undefined;
    else if (nameOf(property.key) === name) return property.value;
  }
  return undefined;
};

/** The elements of a literal list with those that it spreads; undefined when there are more than `most`, or some are unknown. */
export const listElements = (
  index: SourceIndex,
  node: Node,
  most: number,
  spreads = 0,
): Node[] | undefined => {
  const value = constantValue(index, node);
  if (value.type !== 'ArrayExpression' || !isWorthALook(index, spreads)) return undefined;
  const elements: Node[] = [];
  for (const element of value.elements) {
    const found =
      element?.type === 'SpreadElement'
        ? listElements(index, element.argument, most, spreads + 1)
        : element
          ? [element]
          : [];
    if (!found || elements.length + found.length > most) return undefined;
    elements.push(...found);
  }
  return elements;
};

const enumValue = ({ enums }: SourceIndex, owner: string | undefined, name: string): Node | undefined => {
  const found = enums.filter(({ id }) => id.name === owner).flatMap(({ body }) => body.members);
  return found.find(({ id }) => nameOf(id) === name)?.initializer ?? undefined;
};

const memberOf = (
  index: SourceIndex,
  node: Extract<Node, { type: 'MemberExpression' }>,
): Node | undefined => {
  const name = node.computed ? constantText(index, node.property) : nameOf(node.property);
  if (name === undefined) return undefined;
  index.lazy.written ??= writtenObjects(index);
  if (index.lazy.written.has(rootName(node) ?? '')) return undefined;
  return (
    memberValue(index, constantValue(index, node.object), name) ?? enumValue(index, nameOf(node.object), name)
  );
};

type Reference = Extract<Node, { type: 'Identifier' | 'MemberExpression' | 'CallExpression' }>;

const isReference = (node: Node): node is Reference =>
  node.type === 'Identifier' || node.type === 'MemberExpression' || node.type === 'CallExpression';

const referredValue = (index: SourceIndex, node: Reference): Node | undefined => {
  if (node.type === 'Identifier') return boundValue(index, node);
  if (node.type === 'MemberExpression') return memberOf(index, node);
  return dottedName(node.callee) === 'Object.freeze' ? node.arguments[0] : undefined;
};

/** What an expression stands for, as far as constants of the module tell: itself when they do not. */
export const constantValue = (index: SourceIndex, node: Node): Node => {
  const value = unwrapped(node);
  if (!isReference(value)) return value;
  const kept = index.values.get(value);
  if (kept) return kept;
  // What is made of itself stands for nothing else.
  index.values.set(value, value);
  const known = referredValue(index, value);
  if (!known) return value;
  const found = constantValue(index, known);
  index.values.set(value, found);
  return found;
};

/** What a part of the row of a loop's round says; anything else stays as it is written. */
export const eachValue = (index: SourceIndex, node: Node): Node => {
  const value = unwrapped(node);
  if (!index.each?.has(rootName(value) ?? '') || !isReference(value)) return node;
  return referredValue(index, value) ?? node;
};

/** Longer ones are no paths, names or labels. */
const longestText = 2_000;

const joinedText = (texts: readonly (string | undefined)[]): string | undefined => {
  if (!texts.every((text) => text !== undefined)) return undefined;
  const joined = texts.join('');
  return joined.length > longestText ? undefined : joined;
};

type Composed = Extract<Node, { type: 'BinaryExpression' | 'TemplateLiteral' }>;

const composedText = (index: SourceIndex, value: Composed): string | undefined => {
  if (value.type === 'BinaryExpression') {
    if (value.operator !== '+') return undefined;
    return joinedText([constantText(index, value.left), constantText(index, value.right)]);
  }
  const parts = value.quasis.flatMap((quasi, position) => {
    const expression = value.expressions[position];
    return [quasi.value.cooked ?? '', ...(expression ? [constantText(index, expression)] : [])];
  });
  return joinedText(parts);
};

/** Text of an expression made of literals and constants of the module; undefined when it is known at run time only. */
export const constantText = (index: SourceIndex, node: Node | null | undefined): string | undefined => {
  if (!node) return undefined;
  const value = constantValue(index, node);
  if (value.type !== 'BinaryExpression' && value.type !== 'TemplateLiteral') return literalText(value);
  if (index.texts.has(value)) return index.texts.get(value);
  // What is made of itself has no text.
  index.texts.set(value, undefined);
  const text = composedText(index, value);
  index.texts.set(value, text);
  return text;
};
