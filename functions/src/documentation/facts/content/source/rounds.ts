import type { Node } from 'oxc-parser';
import { constantValue, listElements, memberValue } from './constants.ts';
import type { Loop, SourceIndex } from './source-index.ts';
import { encloses, nameOf, unwrapped } from './syntax.ts';

/** One round of the loops around a place: the module as it looks then, and the rows whose turn it is. */
export interface Round {
  index: SourceIndex;
  rows: Node[];
}

/** Tables of more rows are data rather than code. */
const mostRounds = 200;

/** A module of more than these was made by a program. */
const mostTogether = 20_000;

const listMethods = /^(forEach|map|flatMap)$/;

/** `for (const row of rows)` and `rows.forEach((row) => …)` */
const findLoops = ({ loops, calls }: SourceIndex): Loop[] => {
  const statements = loops.flatMap(({ start, end, left, right }): Loop[] => {
    const pattern = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : undefined;
    return pattern ? [{ start, end, pattern, list: right }] : [];
  });
  const methods = calls.flatMap(
    ({
      node: {
        callee,
        arguments: [given],
      },
    }): Loop[] => {
      if (callee.type !== 'MemberExpression' || !listMethods.test(nameOf(callee.property) ?? '')) return [];
      if (given?.type !== 'ArrowFunctionExpression' && given?.type !== 'FunctionExpression') return [];
      const [pattern] = given.params;
      return pattern ? [{ start: given.start, end: given.end, pattern, list: callee.object }] : [];
    },
  );
  return [...statements, ...methods].sort((one, other) => one.start - other.start);
};

/** The names of a pattern with what they stand for in a row. */
const bind = (index: SourceIndex, pattern: Node, row: Node | undefined): [string, Node][] => {
  if (pattern.type === 'AssignmentPattern') return bind(index, pattern.left, row ?? pattern.right);
  if (!row) return [];
  if (pattern.type === 'Identifier') return [[pattern.name, row]];
  const value = constantValue(index, row);
  if (pattern.type === 'ArrayPattern' && value.type === 'ArrayExpression') {
    return pattern.elements.flatMap((element, position) =>
      element ? bind(index, element, value.elements[position] ?? undefined) : [],
    );
  }
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((property) => {
    const name = property.type === 'Property' ? nameOf(property.key) : undefined;
    if (property.type !== 'Property' || name === undefined) return [];
    return bind(index, property.value, memberValue(index, value, name));
  });
};

const turn = ({ index, rows }: Round, { start, pattern }: Loop, row: Node): Round => {
  const names = bind(index, pattern, row).map(([name, value]) => [name, { start, value }] as const);
  const each = new Map([...(index.each ?? []), ...names]);
  return { index: { ...index, each, values: new Map(), texts: new Map() }, rows: [...rows, unwrapped(row)] };
};

/** Every round of the loops over literal lists in which a node stands, outermost first; none when it is in no such loop. */
export const roundsAround = (index: SourceIndex, node: Node): Round[] => {
  const { lazy } = index;
  if ((lazy.rounds ?? 0) > mostTogether) return [];
  lazy.loops ??= findLoops(index);
  let rounds: Round[] = [{ index, rows: [] }];
  for (const loop of lazy.loops) {
    if (!encloses(loop, node)) continue;
    rounds = rounds.flatMap((round) => {
      const rows = listElements(round.index, loop.list, mostRounds);
      return rows ? rows.map((row) => turn(round, loop, row)) : round;
    });
    lazy.rounds = (lazy.rounds ?? 0) + rounds.length;
    if (rounds.length > mostRounds) return [];
  }
  return rounds.some(({ rows }) => rows.length > 0) ? rounds : [];
};
