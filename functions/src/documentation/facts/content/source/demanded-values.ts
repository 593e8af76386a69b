import type { Node } from 'oxc-parser';
import type { SourceIndex } from './source-index.ts';
import { dottedName, nameOf, type SourceFile, unwrapped, walk } from './syntax.ts';

const endings =
  /^(process\.exit|(fail|throw|missing)\w*|require(d|[A-Z]\w*)|panic|fatal|abort|die|[\w.]+\.(fail|fatal|abort))$/;

/** A call that does not give a value but ends: `fail('NAME is missing')`. */
export const refuses = (node: Node): boolean => {
  const value = unwrapped(node);
  return value.type === 'CallExpression' && endings.test(dottedName(value.callee) ?? '');
};

const isEnding = (node: Node): boolean => {
  if (node.type === 'ThrowStatement') return true;
  if (node.type === 'BlockStatement') return node.body.some(isEnding);
  return node.type === 'ExpressionStatement' && refuses(node.expression);
};

/** What a test says is not there: `!a`, `a === undefined`, and each of those joined by `||`. */
const absentIn = (node: Node): Node[] => {
  const test = unwrapped(node);
  if (test.type === 'LogicalExpression' && test.operator === '||')
    return [...absentIn(test.left), ...absentIn(test.right)];
  if (test.type === 'UnaryExpression' && test.operator === '!') return [unwrapped(test.argument)];
  if (test.type !== 'BinaryExpression' || !/^===?$/.test(test.operator)) return [];
  const isNothing = test.right.type === 'Identifier' ? test.right.name === 'undefined' : isNull(test.right);
  return isNothing ? [unwrapped(test.left)] : [];
};

const isNull = (node: Node): boolean => node.type === 'Literal' && (node.value === null || node.value === '');

/** Names and members without which a module ends: `if (!process.env.TOKEN) throw …`. */
const demandedNames = (file: SourceFile): ReadonlySet<string> => {
  const names = new Set<string>();
  walk(file.program, (node) => {
    if (node.type !== 'IfStatement' || !isEnding(node.consequent)) return true;
    for (const absent of absentIn(node.test)) names.add(dottedName(absent) ?? '');
    return true;
  });
  names.delete('');
  return names;
};

/** Whether a module ends without a value: it is tested itself, or the variable is that holds it. */
export const createDemands = (file: SourceFile, index: SourceIndex): ((node: Node) => boolean) => {
  let known: ReadonlySet<string> | undefined;
  return (node) => {
    known ??= demandedNames(file);
    if (known.size === 0) return false;
    if (node.type === 'Property') return known.has(nameOf(node.value) ?? '');
    if (node.type === 'VariableDeclarator') return known.has(nameOf(node.id) ?? '');
    const parent = index.parents.get(node);
    const variable = parent?.type === 'VariableDeclarator' ? nameOf(parent.id) : undefined;
    return known.has(dottedName(node) ?? '') || (variable !== undefined && known.has(variable));
  };
};
