import type { Node } from 'oxc-parser';
import { functionAround } from './function-around.ts';
import type { SourceIndex } from './source-index.ts';
import { groupedByName, nameOf, unwrapped } from './syntax.ts';

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

/** Functions that are called by their name alone: declared, or given to a variable. */
const isCallable = ({ parents }: SourceIndex, node: Node): boolean =>
  node.type === 'FunctionDeclaration' || parents.get(node)?.type === 'VariableDeclarator';

/** The helper in which a member of the environment is read, if its name is a parameter of it. */
export const helperAround = (
  index: SourceIndex,
  member: Extract<Node, { type: 'MemberExpression' }>,
): SettingHelper | undefined => {
  const found = functionAround(index, member);
  if (!found || !isCallable(index, found.node)) return undefined;
  const names = found.node.params.map(parameterName);
  const argument = names.indexOf(nameOf(unwrapped(member.property)) ?? '');
  if (argument < 0) return undefined;
  index.lazy.named ??= groupedByName(index.functions, ({ name }) => [name]);
  if (index.lazy.named.get(found.name)?.length !== 1) return undefined;
  index.lazy.called ??= groupedByName(index.calls, ({ node }) => [nameOf(node.callee) ?? '']);
  const calls = (index.lazy.called.get(found.name) ?? []).map(({ node }) => node);
  return {
    name: found.name,
    argument,
    calls,
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
