import type { Node } from 'oxc-parser';
import type { ModuleImport, RouterMade, RouterPlace, UnresolvedFound } from '../file-summary.ts';
import type { FunctionNode, NamedFunction, SourceIndex } from './source-index.ts';
import { briefText, dottedName, lineOf, literalText, nameOf, type SourceFile, unwrapped } from './syntax.ts';

export type Framework = 'express' | 'fastify';

/** A router of a module with the framework it belongs to. */
export interface KnownRouter extends RouterMade {
  framework: Framework;
}

/** A file in which routes are looked for, with the routers that it knows. */
export interface RoutersOfFile {
  file: SourceFile;
  index: SourceIndex;
  routers: readonly KnownRouter[];
}

export const computedPath = 'The path is known at run time only.';

/** A route or a mount that the code does not show. */
export const unresolvedRoute = (file: SourceFile, node: Node, reason: string): UnresolvedFound => ({
  what: 'route',
  subject: briefText(file, node, 80),
  reason,
  line: lineOf(file, node.start),
});

const frameworks: Record<string, Framework | undefined> = {
  express: 'express',
  'express-promise-router': 'express',
  fastify: 'fastify',
};

const frameworkOfType: Record<string, Framework | undefined> = {
  Express: 'express',
  Application: 'express',
  Router: 'express',
  IRouter: 'express',
  FastifyInstance: 'fastify',
};

const pluginType = /^FastifyPlugin(Async|Callback)?/;

/** What the first parameter of a function that adds routes is usually called. */
const usualNames: Record<string, Framework | undefined> = {
  fastify: 'fastify',
  instance: 'fastify',
  app: 'express',
  router: 'express',
};

/** The call at the beginning of a chain: `fastify().withTypeProvider()` begins with `fastify()`. */
const firstCall = (node: Node): Node => {
  const value = unwrapped(node);
  if (value.type === 'AwaitExpression') return firstCall(value.argument);
  if (value.type !== 'CallExpression' || value.callee.type !== 'MemberExpression') return value;
  const inner = unwrapped(value.callee.object);
  return inner.type === 'CallExpression' && dottedName(inner.callee) !== 'require' ? firstCall(inner) : value;
};

const isRequire = (node: Node): string | undefined =>
  node.type === 'CallExpression' && dottedName(node.callee) === 'require'
    ? literalText(node.arguments[0])
    : undefined;

/** Framework and role of a call that makes an application or router. */
const madeBy = (
  node: Node,
  imports: readonly ModuleImport[],
): { framework: Framework; root: boolean } | undefined => {
  const call = firstCall(node);
  if (call.type !== 'CallExpression' && call.type !== 'NewExpression') return undefined;
  const callee = unwrapped(call.callee);
  const inner = callee.type === 'MemberExpression' ? unwrapped(callee.object) : callee;
  const required = isRequire(inner);
  const name = dottedName(callee) ?? '';
  const local = name.split('.', 1)[0];
  const source = required ?? imports.find((entry) => entry.local === local)?.source ?? '';
  const framework = frameworks[source];
  if (!framework) return undefined;
  const imported = imports.find((entry) => entry.local === local)?.imported;
  const member = callee.type === 'MemberExpression' && dottedName(callee.property) === 'Router';
  return { framework, root: !(member || imported === 'Router' || source === 'express-promise-router') };
};

const parameterType = (node: Node): string | undefined => {
  const annotation = 'typeAnnotation' in node ? node.typeAnnotation : undefined;
  if (annotation?.type !== 'TSTypeAnnotation' || annotation.typeAnnotation.type !== 'TSTypeReference')
    return undefined;
  const { typeName } = annotation.typeAnnotation;
  if (typeName.type === 'Identifier') return typeName.name;
  return typeName.type === 'TSQualifiedName' ? typeName.right.name : undefined;
};

const parameterFramework = (
  { declaredType, node }: { declaredType?: string; node: FunctionNode },
  parameter: Node,
  position: number,
): Framework | undefined => {
  const typed = frameworkOfType[parameterType(parameter) ?? ''];
  if (typed) return typed;
  if (position === 0 && declaredType && pluginType.test(declaredType)) return 'fastify';
  const untyped = parameter.type === 'Identifier' && !parameter.typeAnnotation && node.params.length <= 3;
  return untyped && position === 0 ? usualNames[parameter.name] : undefined;
};

/** A function written where it is handed to `instance.register(…)`: whatever it calls its instance. */
const isPlugin = ({ parents }: SourceIndex, node: Node): boolean => {
  const call = parents.get(node);
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  return call.arguments[0] === node && nameOf(call.callee.property) === 'register';
};

const parameterRouters = (index: SourceIndex, found: NamedFunction): KnownRouter[] =>
  found.node.params.flatMap((parameter, position): KnownRouter[] => {
    const framework =
      parameterFramework(found, parameter, position) ??
      (position === 0 && isPlugin(index, found.node) ? 'fastify' : undefined);
    if (!framework || parameter.type !== 'Identifier') return [];
    return [{ container: found.name, variable: parameter.name, root: false, parameter: position, framework }];
  });

/** All applications and routers of a module. */
export const readRouters = (index: SourceIndex, imports: readonly ModuleImport[]): KnownRouter[] => [
  ...index.declarators.flatMap(({ node, scopes }): KnownRouter[] => {
    const made = node.init ? madeBy(node.init, imports) : undefined;
    if (!made || node.id.type !== 'Identifier') return [];
    return [{ container: scopes.at(-1) ?? '', variable: node.id.name, ...made }];
  }),
  ...index.functions.flatMap((found) => parameterRouters(index, found)),
];

/** The router that a variable holds where it is used. */
export const routerAt = (
  routers: readonly KnownRouter[],
  variable: string | undefined,
  scopes: readonly string[],
): KnownRouter | undefined => {
  for (const container of [...scopes.toReversed(), '']) {
    const router = routers.find((known) => known.variable === variable && known.container === container);
    if (router) return router;
  }
  return undefined;
};

export const placeOf = ({ container, variable }: RouterPlace): RouterPlace => ({ container, variable });
