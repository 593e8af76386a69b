import type { Node } from 'oxc-parser';
import { addTo, type SourceIndex } from './source-index.ts';
import { encloses, nameOf, unwrapped } from './syntax.ts';

type Call = Extract<Node, { type: 'CallExpression' | 'NewExpression' }>;

/** A function that reads the environment variable which it is given the name of: `env('PORT', '3000')`. */
export interface SettingHelper {
  name: string;
  /** Number of the argument that is the name. */
  argument: number;
  calls: Call[];
  /** What stands for an expression of the helper in one of its calls. */
  given(call: Call, node: Node): Node | undefined;
}

const parameterName = (parameter: Node): string | undefined =>
  nameOf(parameter.type === 'AssignmentPattern' ? parameter.left : parameter);

const callsByName = (index: SourceIndex): Map<string, Call[]> => {
  const calls = new Map<string, Call[]>();
  for (const { node } of index.calls) addTo(calls, nameOf(node.callee) ?? '', node);
  return calls;
};

/** Functions that are called by their name alone: declared, or given to a variable. */
const isCallable = ({ parents }: SourceIndex, node: Node): boolean =>
  node.type === 'FunctionDeclaration' || parents.get(node)?.type === 'VariableDeclarator';

/** The helper in which a member of the environment is read, if its name is a parameter of it. */
export const helperAround = (
  index: SourceIndex,
  member: Extract<Node, { type: 'MemberExpression' }>,
): SettingHelper | undefined => {
  const found = index.functions.findLast(({ node }) => encloses(node, member));
  if (!found || !isCallable(index, found.node)) return undefined;
  const names = found.node.params.map(parameterName);
  const argument = names.indexOf(nameOf(unwrapped(member.property)) ?? '');
  const isOnly = !index.functions.some((other) => other.name === found.name && other !== found);
  if (argument < 0 || !isOnly) return undefined;
  index.lazy.callsByName ??= callsByName(index);
  return {
    name: found.name,
    argument,
    calls: index.lazy.callsByName.get(found.name) ?? [],
    given: (call, node) => {
      const position = names.indexOf(nameOf(unwrapped(node)) ?? '');
      if (position < 0) return node;
      const parameter = found.node.params[position];
      return (
        call.arguments[position] ?? (parameter?.type === 'AssignmentPattern' ? parameter.right : undefined)
      );
    },
  };
};
