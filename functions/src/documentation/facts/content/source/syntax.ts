import { type Comment, type Node, type Program, parseSync, visitorKeys } from 'oxc-parser';
import { lineAt, lineStartsOf } from '../lines.ts';

/** A parsed module with its text. */
export interface SourceFile {
  text: string;
  program: Program;
  comments: Comment[];
  lineStarts: number[];
}

export type SourceLanguage = 'ts' | 'tsx' | 'dts' | 'js';

const languages = { ts: 'ts', tsx: 'tsx', dts: 'dts', js: 'jsx' } as const;

export const parserOptions = (language: SourceLanguage) =>
  ({ lang: languages[language], sourceType: 'unambiguous' }) as const;

/** Parses a module; undefined when it has errors that leave nothing to read. */
export const parseSource = (text: string, language: SourceLanguage): SourceFile | undefined => {
  const result = parseSync('module', text, parserOptions(language));
  const { program } = result;
  if (program.body.length === 0 && result.errors.length > 0) return undefined;
  return { text, program, comments: result.comments, lineStarts: lineStartsOf(text) };
};

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Calls `visit` for the nodes directly below a node, in the order of the text. */
export const forEachChild = (node: Node, visit: (child: Node) => void): void => {
  for (const key of visitorKeys[node.type] ?? []) {
    const value: unknown = Reflect.get(node, key);
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item);
    } else if (isNode(value)) visit(value);
  }
};

/** The nodes directly below a node, in the order of the text. */
export const childrenOf = (node: Node): Node[] => {
  const children: Node[] = [];
  forEachChild(node, (child) => children.push(child));
  return children;
};

/** Calls `visit` for a node and everything below it; when it answers false, what is below is left out. */
export const walk = (node: Node, visit: (node: Node) => unknown): void => {
  if (visit(node) === false) return;
  forEachChild(node, (child) => walk(child, visit));
};

/** White space that folding changes: most short texts have none. */
const unfolded = /\s\s|[^\S ]/;

/** Source text with white space folded. */
export const foldedText = ({ text }: SourceFile, { start, end }: { start: number; end: number }): string => {
  const part = text.slice(start, end);
  return (unfolded.test(part) ? part.replace(/\s+/g, ' ') : part).trim();
};

/** Like foldedText, but cut when it is long. */
export const briefText = (file: SourceFile, span: { start: number; end: number }, most = 200): string => {
  const text = foldedText(file, span);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};

/** Line of an offset, from 1. */
export const lineOf = ({ lineStarts }: SourceFile, offset: number): number => lineAt(lineStarts, offset);

/** Takes away what changes nothing about a value: parentheses, `as`, `satisfies`, `!`. */
export const unwrapped = (node: Node): Node => {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ChainExpression':
      return unwrapped(node.expression);
    default:
      return node;
  }
};

/** The text of a string literal or of a template without expressions. */
export const literalText = (node: Node | null | undefined): string | undefined => {
  if (!node) return undefined;
  const value = unwrapped(node);
  if (value.type === 'Literal' && typeof value.value === 'string') return value.value;
  if (value.type === 'TemplateLiteral' && value.expressions.length === 0) {
    return value.quasis[0]?.value.cooked ?? undefined;
  }
  return undefined;
};

/** The name of a property key or identifier; undefined when it is computed. */
export const nameOf = (node: Node | null | undefined): string | undefined => {
  if (!node) return undefined;
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'PrivateIdentifier') return undefined;
  return literalText(node);
};

/** `a.b.c` of identifiers and plain members; undefined when anything else is in it. */
export const dottedName = (node: Node): string | undefined => {
  const value = unwrapped(node);
  if (value.type === 'Identifier') return value.name;
  if (value.type === 'ThisExpression') return 'this';
  if (value.type === 'MetaProperty') return `${value.meta.name}.${value.property.name}`;
  if (value.type !== 'MemberExpression') return undefined;
  const object = dottedName(value.object);
  const property = value.computed ? literalText(value.property) : nameOf(value.property);
  return object === undefined || property === undefined ? undefined : `${object}.${property}`;
};

/** The value of a property of an object literal. */
export const propertyOf = (node: Node | undefined, name: string): Node | undefined => {
  if (node?.type !== 'ObjectExpression') return undefined;
  for (const property of node.properties) {
    if (property.type === 'Property' && nameOf(property.key) === name) return property.value;
  }
  return undefined;
};

/** Names that a pattern binds or assigns to. */
export const patternNames = (pattern: Node): string[] => {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    case 'RestElement':
      return patternNames(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? patternNames(element) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === 'RestElement' ? property : property.value),
      );
    case 'TSParameterProperty':
      return patternNames(pattern.parameter);
    default:
      return [];
  }
};

/** Whether a node stands in another one, or in a part of the text. */
export const encloses = (outer: { start: number; end: number }, { start, end }: Node): boolean =>
  outer.start <= start && end <= outer.end;

/** Items by each of their names. */
export const groupedByName = <Item>(
  items: readonly Item[],
  namesOf: (item: Item) => readonly string[],
): Map<string, Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    for (const name of namesOf(item)) {
      const group = groups.get(name);
      if (group) group.push(item);
      else groups.set(name, [item]);
    }
  }
  return groups;
};
