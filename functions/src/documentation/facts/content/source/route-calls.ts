import type { Node } from 'oxc-parser';
import { shortDigest } from '../digest.ts';
import type { RouteCall, UnresolvedFound } from '../file-summary.ts';
import { constantText, constantValue, eachValue } from './constants.ts';
import { type Round, roundsAround } from './rounds.ts';
import { handlersBefore, hooksBefore } from './route-guards.ts';
import {
  computedPath,
  type KnownRouter,
  placeOf,
  type RoutersOfFile,
  routerAt,
  unresolvedRoute,
} from './routers.ts';
import type { Placed, SourceIndex } from './source-index.ts';
import { foldedText, lineOf, nameOf, propertyOf, type SourceFile, unwrapped } from './syntax.ts';

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all']);

export const isVerb = (name: string): boolean => verbs.has(name);

export interface RoutesFound {
  routes: RouteCall[];
  unresolved: UnresolvedFound[];
  /** What these routes are made of: rows of tables, or what a call is given. */
  rows?: readonly Node[];
}

type Call = Extract<Node, { type: 'CallExpression' }>;

/** A call on a router. */
interface RouterCall {
  place: RoutersOfFile;
  node: Call;
  callee: Extract<Node, { type: 'MemberExpression' }>;
  router: KnownRouter;
  /** What `.route('/x')` gave it on the way. */
  path?: Node;
}

/** Routes of one round of the loops around their call, or of the only one. */
type ReadRound = (call: RouterCall, round: Round) => RouteCall[] | undefined;

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

export const likenessOf = (file: SourceFile, nodes: readonly Node[]): string =>
  shortDigest(nodes.map((node) => foldedText(file, node)).join(' '));

const guarded = (guards: string[]): Pick<RouteCall, 'guards'> => (guards.length === 0 ? {} : { guards });

const isPath = (text: string): boolean => text === '' || /^[/*(]/.test(text);

const isCallOf = (node: Node, method: string): node is Call =>
  node.type === 'CallExpression' &&
  node.callee.type === 'MemberExpression' &&
  nameOf(node.callee.property) === method;

/** The method of a call: `app.get`, `app[row.method]`, `app[method.toLowerCase()]`. */
const verbOf = (index: SourceIndex, { computed, property }: RouterCall['callee']): string | undefined => {
  if (!computed) return nameOf(property);
  const value = unwrapped(property);
  if (!isCallOf(value, 'toLowerCase') || value.callee.type !== 'MemberExpression') {
    return constantText(index, value);
  }
  return constantText(index, value.callee.object)?.toLowerCase();
};

const rowLine = ({ file }: RoutersOfFile, { rows }: Round, node: Node): number =>
  lineOf(file, (rows.at(-1) ?? node).start);

/** `router.get('/x', handler)` and `router.route('/x').get(handler)`. */
const readVerb: ReadRound = ({ place, node, callee, router, path }, round) => {
  const { file } = place;
  const { index } = round;
  const [first] = path ? [path] : node.arguments;
  const verb = verbOf(index, callee);
  const paths = first && pathsOf(index, first);
  if (!verb || !paths) return undefined;
  if (!isVerb(verb)) return [];
  const handlers = (path ? node.arguments : node.arguments.slice(1)).map((handler) =>
    eachValue(index, handler),
  );
  return paths.filter(isPath).map((text) => ({
    ...placeOf(router),
    source: router.framework,
    method: verb.toUpperCase(),
    path: text,
    line: rowLine(place, round, callee.property),
    likeness: likenessOf(file, handlers),
    ...guarded(
      router.framework === 'express' ? handlersBefore(file, handlers) : hooksBefore(file, handlers[0]),
    ),
  }));
};

const methodsOf = (index: SourceIndex, node: Node | undefined): string[] => {
  const value = node && constantValue(index, node);
  const nodes = value?.type === 'ArrayExpression' ? value.elements : [value];
  return nodes.flatMap((element) => constantText(index, element)?.toUpperCase() ?? []);
};

/** Fastify's `instance.route({ method, url, handler })`. */
const readObject: ReadRound = ({ place, node, router }, round) => {
  const { index } = round;
  const options = node.arguments[0] && constantValue(index, node.arguments[0]);
  const path = constantText(index, propertyOf(options, 'url') ?? propertyOf(options, 'path'));
  const methods = methodsOf(index, propertyOf(options, 'method'));
  if (!options || path === undefined || methods.length === 0) return undefined;
  const likeness = likenessOf(place.file, [eachValue(index, propertyOf(options, 'handler') ?? options)]);
  const line = rowLine(place, round, node);
  return methods.map((method) => ({
    ...placeOf(router),
    source: 'fastify',
    method,
    path,
    line,
    likeness,
    ...guarded(hooksBefore(place.file, options)),
  }));
};

const computedMethod = 'Its method or path is known at run time only.';

/** A call as it stands, or in each round of the loops over literal lists around it. */
const readCall = (call: RouterCall, read: ReadRound): RoutesFound => {
  const { place, node } = call;
  const own = read(call, { index: place.index, rows: [] });
  const [first] = node.arguments;
  if (own) return { routes: own, unresolved: [], rows: first ? [constantValue(place.index, first)] : [] };
  const rounds = roundsAround(place.index, node);
  const found = rounds.map((round) => read(call, round));
  if (rounds.length === 0 || !found.every((routes) => routes !== undefined)) {
    const reason = call.callee.computed ? computedMethod : computedPath;
    return { routes: [], unresolved: [unresolvedRoute(place.file, node, reason)] };
  }
  return { routes: found.flat(), unresolved: [], rows: rounds.flatMap(({ rows }) => rows) };
};

/** Routes that one call adds to a router; undefined when it is no such call. */
export const readRouteCall = (
  place: RoutersOfFile,
  { node, scopes }: Placed<Call>,
): RoutesFound | undefined => {
  const { callee } = node;
  if (callee.type !== 'MemberExpression') return undefined;
  const name = callee.computed ? undefined : (nameOf(callee.property) ?? '');
  if (name !== undefined && name !== 'route' && !isVerb(name)) return undefined;
  const { variable, path } = chainStart(callee.object);
  const router = routerAt(place.routers, variable, scopes);
  if (!router) return undefined;
  const call = { place, node, callee, router, ...(path ? { path } : {}) };
  if (name !== 'route') return path || node.arguments.length > 1 ? readCall(call, readVerb) : undefined;
  const isObject = node.arguments[0]?.type === 'ObjectExpression';
  return isObject || router.framework === 'fastify' ? readCall(call, readObject) : undefined;
};
