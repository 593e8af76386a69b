import type { Node } from 'oxc-parser';
import { shortDigest } from '../digest.ts';
import type { RouteCall, UnresolvedFound } from '../file-summary.ts';
import { constantText, constantValue } from './constants.ts';
import { handlersBefore, hooksBefore } from './route-guards.ts';
import { computedPath, placeOf, type RoutersOfFile, routerAt, unresolvedRoute } from './routers.ts';
import type { Placed, SourceIndex } from './source-index.ts';
import { foldedText, lineOf, literalText, nameOf, propertyOf, type SourceFile, unwrapped } from './syntax.ts';

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all']);

export interface RoutesFound {
  routes: RouteCall[];
  unresolved: UnresolvedFound[];
}

type Call = Extract<Node, { type: 'CallExpression' }>;

/** Where a chain of calls on a router begins, and the path that `.route('/x')` gave it on the way. */
const chainStart = (node: Node): { variable?: string; path?: Node } => {
  const value = unwrapped(node);
  if (value.type === 'Identifier') return { variable: value.name };
  if (value.type !== 'CallExpression' || value.callee.type !== 'MemberExpression') return {};
  const start = chainStart(value.callee.object);
  const [path] = value.arguments;
  return nameOf(value.callee.property) === 'route' && path ? { ...start, path } : start;
};

/** Texts of a path argument: one, several in an array, or undefined when they are known at run time only. */
export const pathsOf = (index: SourceIndex, node: Node): string[] | undefined => {
  const value = constantValue(index, node);
  if (value.type !== 'ArrayExpression') {
    const text = constantText(index, value);
    return text === undefined ? undefined : [text];
  }
  const texts = value.elements.map((element) => constantText(index, element));
  return texts.every((text) => text !== undefined) ? texts : undefined;
};

const likenessOf = (file: SourceFile, nodes: readonly Node[]): string =>
  shortDigest(nodes.map((node) => foldedText(file, node)).join(' '));

const guarded = (guards: string[]): Pick<RouteCall, 'guards'> => (guards.length === 0 ? {} : { guards });

const isPath = (text: string): boolean => text === '' || /^[/*(]/.test(text);

/** `router.get('/x', handler)` and `router.route('/x').get(handler)`. */
const readVerbCall = (
  { file, index, routers }: RoutersOfFile,
  { node, scopes }: Placed<Call>,
): RoutesFound => {
  const nothing: RoutesFound = { routes: [], unresolved: [] };
  const { callee } = node;
  const method = callee.type === 'MemberExpression' ? nameOf(callee.property) : undefined;
  if (callee.type !== 'MemberExpression' || !method || !verbs.has(method)) return nothing;
  const start = chainStart(callee.object);
  const router = routerAt(routers, start.variable, scopes);
  const first = start.path ?? node.arguments[0];
  if (!router || !first || (!start.path && node.arguments.length < 2)) return nothing;
  const paths = pathsOf(index, first);
  if (!paths) return { routes: [], unresolved: [unresolvedRoute(file, node, computedPath)] };
  const handlers = start.path ? node.arguments : node.arguments.slice(1);
  const routes = paths.filter(isPath).map((path) => ({
    ...placeOf(router),
    source: router.framework,
    method: method.toUpperCase(),
    path,
    line: lineOf(file, callee.property.start),
    likeness: likenessOf(file, handlers),
    ...guarded(
      router.framework === 'express' ? handlersBefore(file, handlers) : hooksBefore(file, handlers[0]),
    ),
  }));
  return { routes, unresolved: [] };
};

const methodsOf = (node: Node | undefined): string[] => {
  const value = node ? unwrapped(node) : undefined;
  const nodes = value?.type === 'ArrayExpression' ? value.elements : [value];
  return nodes.flatMap((element) => literalText(element)?.toUpperCase() ?? []);
};

/** Fastify's `instance.route({ method, url, handler })`. */
const readRouteObject = (
  { file, index, routers }: RoutersOfFile,
  { node, scopes }: Placed<Call>,
): RoutesFound => {
  const nothing: RoutesFound = { routes: [], unresolved: [] };
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || nameOf(callee.property) !== 'route') return nothing;
  const [options] = node.arguments;
  const router = routerAt(routers, chainStart(callee.object).variable, scopes);
  if (!router || options?.type !== 'ObjectExpression') return nothing;
  const address = propertyOf(options, 'url') ?? propertyOf(options, 'path');
  const path = constantText(index, address);
  const methods = methodsOf(propertyOf(options, 'method'));
  if (path === undefined || methods.length === 0) {
    return { routes: [], unresolved: [unresolvedRoute(file, node, computedPath)] };
  }
  const handler = propertyOf(options, 'handler') ?? options;
  const line = lineOf(file, node.start);
  const likeness = likenessOf(file, [handler]);
  return {
    routes: methods.map((method) => ({
      ...placeOf(router),
      source: 'fastify',
      method,
      path,
      line,
      likeness,
      ...guarded(hooksBefore(file, options)),
    })),
    unresolved: [],
  };
};

/** `{ method: 'get', path: '/x', … }` with a handler: an operation that is described rather than called for. */
const readDescribed = ({ file, index }: RoutersOfFile): RoutesFound[] =>
  index.objects.flatMap(({ node }): RoutesFound[] => {
    const method = literalText(propertyOf(node, 'method'))?.toLowerCase();
    const address = propertyOf(node, 'path') ?? propertyOf(node, 'url');
    const handler = propertyOf(node, 'handle') ?? propertyOf(node, 'handler');
    if (!method || !verbs.has(method) || !address || !handler) return [];
    const parent = index.parents.get(node);
    if (parent?.type === 'CallExpression' && parent.callee.type === 'MemberExpression') return [];
    const path = constantText(index, address);
    if (path === undefined) return [{ routes: [], unresolved: [unresolvedRoute(file, node, computedPath)] }];
    if (!path.startsWith('/')) return [];
    const summary = literalText(propertyOf(node, 'summary'));
    const routes: RouteCall[] = [
      {
        container: '',
        variable: '',
        source: 'described',
        method: method.toUpperCase(),
        path,
        line: lineOf(file, node.start),
        likeness: likenessOf(file, [handler]),
        ...(summary ? { summary } : {}),
      },
    ];
    return [{ routes, unresolved: [] }];
  });

/** All routes that a module adds, each with the router it is added to. */
export const readRoutes = (place: RoutersOfFile): RoutesFound => {
  const called = place.index.calls.flatMap(({ node, scopes }) =>
    node.type === 'CallExpression'
      ? [readVerbCall(place, { node, scopes }), readRouteObject(place, { node, scopes })]
      : [],
  );
  const found = [...called, ...readDescribed(place)];
  return {
    routes: found.flatMap(({ routes }) => routes),
    unresolved: found.flatMap(({ unresolved }) => unresolved),
  };
};
