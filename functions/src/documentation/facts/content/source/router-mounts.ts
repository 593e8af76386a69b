import type { Node } from 'oxc-parser';
import type { RouterMount, UnresolvedFound } from '../file-summary.ts';
import { constantText } from './constants.ts';
import { type KnownRouter, placeOf, type RoutersOfFile, routerAt, unresolvedRoute } from './routers.ts';
import type { NamedFunction, Placed, SourceIndex } from './source-index.ts';
import { dottedName, lineOf, literalText, nameOf, propertyOf, unwrapped } from './syntax.ts';

export interface MountsFound {
  mounts: RouterMount[];
  unresolved: UnresolvedFound[];
}

type Call = Extract<Node, { type: 'CallExpression' }>;

/** Name of a module that is required where it is used, as an import has it. */
export const requiredTarget = (source: string): string => `require:${source}`;

const functionName = (functions: readonly NamedFunction[], node: Node): string | undefined =>
  functions.find((known) => known.node === node)?.name;

/** What a mount names: a variable, a function that is called, a function written on the spot, a required module. */
const targetOf = (index: SourceIndex, node: Node): string | undefined => {
  const value = unwrapped(node);
  if (value.type === 'Identifier') return value.name;
  if (value.type === 'AwaitExpression') return targetOf(index, value.argument);
  if (value.type === 'ImportExpression') return moduleTarget(value.source);
  if (value.type === 'MemberExpression') return dottedName(value);
  if (value.type === 'CallExpression') {
    if (dottedName(value.callee) === 'require') return moduleTarget(value.arguments[0]);
    return targetOf(index, value.callee);
  }
  return functionName(index.functions, value);
};

const moduleTarget = (node: Node | undefined): string | undefined => {
  const source = literalText(node);
  return source === undefined ? undefined : requiredTarget(source);
};

const nothing: MountsFound = { mounts: [], unresolved: [] };

const computedPrefix = 'The prefix of these routes is known at run time only.';

/** `app.use('/prefix', guard, router)` */
const readUse = (place: RoutersOfFile, router: KnownRouter, call: Call): MountsFound => {
  const [first, ...others] = call.arguments;
  const prefix = constantText(place.index, first);
  const line = lineOf(place.file, call.start);
  const targets = (prefix === undefined ? call.arguments : others).flatMap(
    (node) => targetOf(place.index, node) ?? [],
  );
  const looksLikePrefix = first?.type === 'TemplateLiteral' || first?.type === 'BinaryExpression';
  if (prefix === undefined && looksLikePrefix) {
    return { mounts: [], unresolved: [unresolvedRoute(place.file, call, computedPrefix)] };
  }
  const mounts = targets.map((target) => ({ ...placeOf(router), prefix: prefix ?? '', target, line }));
  return { mounts, unresolved: [] };
};

/** `instance.register(plugin, { prefix })` */
const readRegister = (place: RoutersOfFile, router: KnownRouter, call: Call): MountsFound => {
  const [plugin, options] = call.arguments;
  const target = plugin ? targetOf(place.index, plugin) : undefined;
  const given = propertyOf(options, 'prefix');
  const prefix = given ? constantText(place.index, given) : '';
  if (propertyOf(options, 'dir')) {
    const reason = 'Routes are loaded from a folder at run time.';
    return { mounts: [], unresolved: [unresolvedRoute(place.file, call, reason)] };
  }
  if (prefix === undefined)
    return { mounts: [], unresolved: [unresolvedRoute(place.file, call, computedPrefix)] };
  if (target === undefined) return nothing;
  return {
    mounts: [{ ...placeOf(router), prefix, target, argument: 0, line: lineOf(place.file, call.start) }],
    unresolved: [],
  };
};

/** `instance.addHook('onRequest', guard)` stands before all routes of an instance, as what is used does. */
const readHook = ({ file, index }: RoutersOfFile, router: KnownRouter, call: Call): MountsFound => {
  const handler = call.arguments[1];
  const target = handler && targetOf(index, handler);
  if (target === undefined) return nothing;
  return {
    mounts: [{ ...placeOf(router), prefix: '', target, line: lineOf(file, call.start) }],
    unresolved: [],
  };
};

/** `addRoutes(app, services)` */
const readHandedOver = (place: RoutersOfFile, { node, scopes }: Placed<Call>): RouterMount[] => {
  const target = unwrapped(node.callee).type === 'Identifier' ? dottedName(node.callee) : undefined;
  if (!target) return [];
  return node.arguments.flatMap((argument, position): RouterMount[] => {
    const variable = argument.type === 'Identifier' ? argument.name : undefined;
    const router = routerAt(place.routers, variable, scopes);
    if (!router) return [];
    return [
      { ...placeOf(router), prefix: '', target, argument: position, line: lineOf(place.file, node.start) },
    ];
  });
};

const readCall = (place: RoutersOfFile, { node, scopes }: Placed<Call>): MountsFound => {
  if (node.callee.type !== 'MemberExpression') {
    return { mounts: readHandedOver(place, { node, scopes }), unresolved: [] };
  }
  const owner = unwrapped(node.callee.object);
  const router = routerAt(place.routers, owner.type === 'Identifier' ? owner.name : undefined, scopes);
  if (!router) return nothing;
  const method = nameOf(node.callee.property);
  if (method === 'use') return readUse(place, router, node);
  if (method === 'addHook') return readHook(place, router, node);
  return method === 'register' ? readRegister(place, router, node) : nothing;
};

/** Which routers hang below which, and under what prefix. */
export const readMounts = (place: RoutersOfFile): MountsFound => {
  const found = place.index.calls.flatMap(({ node, scopes }) =>
    node.type === 'CallExpression' ? [readCall(place, { node, scopes })] : [],
  );
  return {
    mounts: found.flatMap(({ mounts }) => mounts),
    unresolved: found.flatMap(({ unresolved }) => unresolved),
  };
};
