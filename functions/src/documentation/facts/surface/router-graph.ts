import type { RouteCall, RouterMade, RouterMount } from '../content/file-summary.ts';
import type { CodeTree } from './code-tree.ts';
import type { ExportResolver } from './module-exports.ts';
import type { Trace } from './surface-element.ts';

/** One way in which a router is reached. */
export interface RouterPrefix {
  prefix: string;
  /** It begins at an application. */
  rooted: boolean;
  traces: Trace[];
  /** What is used on the way before whatever is reached: names of what is no router. */
  shared?: string[];
}

/** A handler that is used for everything below a prefix. */
interface Shared {
  prefix: string;
  name: string;
}

const isBelow = (path: string, prefix: string): boolean =>
  prefix === '' || path === prefix || path.startsWith(`${prefix}/`);

interface Edge {
  parent: string;
  prefix: string;
  trace: Trace;
}

const nodeKey = (file: string, { container, variable }: { container: string; variable: string }): string =>
  `${file}\n${container}\n${variable}`;

/** `/api/` and `/orders` make `/api/orders`. */
export const joinPaths = (prefix: string, path: string): string => {
  const joined = `${prefix}/${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
  return joined.startsWith('/') ? joined : `/${joined}`;
};

const mostSteps = 12;
/** Nobody mounts one router in so many places; ways multiply with each step. */
const mostWays = 200;

/** Who hangs below whom, over all files. */
export const createRouterGraph = (tree: CodeTree, resolveExports: ExportResolver) => {
  const roots = new Set<string>();
  const edges = new Map<string, Edge[]>();
  const shared = new Map<string, Shared[]>();

  const inFile = (file: string, target: string, argument: number | undefined): string[] => {
    const routers = tree.summaryOf(file)?.routers ?? [];
    const fits = ({ container, variable, parameter }: RouterMade): boolean =>
      argument === undefined
        ? parameter === undefined && (container === target || (container === '' && variable === target))
        : (container === target && parameter === argument) || (container === '' && variable === target);
    return routers.filter(fits).map((router) => nodeKey(file, router));
  };

  const inModule = (
    from: string,
    source: string,
    imported: string,
    argument: number | undefined,
  ): string[] => {
    const file = tree.resolve(from, source);
    if (file === undefined) return [];
    const { exports } = resolveExports(file);
    const found =
      exports.get(imported) ?? (imported === 'default' ? exports.get('module.exports') : undefined);
    return found ? inFile(found.file, found.local, argument) : [];
  };

  /** The routers that a mount means. */
  const targetsOf = (file: string, { target, argument }: RouterMount): string[] => {
    if (target.startsWith('require:'))
      return inModule(file, target.slice('require:'.length), 'default', argument);
    const own = inFile(file, target, argument);
    if (own.length > 0) return own;
    const [local = '', member] = target.split('.');
    const taken = tree.summaryOf(file)?.imports.find((known) => known.local === local);
    return taken ? inModule(file, taken.source, member ?? taken.imported, argument) : [];
  };

  const note = (file: string, mount: RouterMount): void => {
    const { prefix, target } = mount;
    const parent = nodeKey(file, mount);
    const edge = { parent, prefix, trace: { file, key: `mount:${target}` } };
    const children = targetsOf(file, mount);
    for (const child of children) edges.set(child, [...(edges.get(child) ?? []), edge]);
    if (children.length === 0) shared.set(parent, [...(shared.get(parent) ?? []), { prefix, name: target }]);
  };

  for (const [file, summary] of tree.known()) {
    for (const router of summary.routers) if (router.root) roots.add(nodeKey(file, router));
    for (const mount of summary.mounts) note(file, mount);
  }

  /** The ways to what hangs at `path` below a router. */
  const prefixesOf = (node: string, path: string, steps = 0): RouterPrefix[] => {
    const above = edges.get(node) ?? [];
    const used = (shared.get(node) ?? [])
      .filter(({ prefix }) => isBelow(path, prefix))
      .map(({ name }) => name);
    const start = { prefix: '', traces: [], shared: used };
    const ways: RouterPrefix[] = roots.has(node) ? [{ ...start, rooted: true }] : [];
    if (above.length === 0 || steps > mostSteps)
      return ways.length > 0 ? ways : [{ ...start, rooted: false }];
    for (const { parent, prefix, trace } of above) {
      if (ways.length >= mostWays) break;
      const through = prefixesOf(parent, prefix, steps + 1).map((outer) => ({
        prefix: joinPaths(outer.prefix, prefix),
        rooted: outer.rooted,
        traces: [...outer.traces, trace],
        shared: [...(outer.shared ?? []), ...used],
      }));
      ways.push(...through);
    }
    return ways;
  };

  return (
    file: string,
    { path, ...place }: Pick<RouteCall, 'container' | 'variable' | 'path'>,
  ): RouterPrefix[] => prefixesOf(nodeKey(file, place), path);
};

export type RouterGraph = ReturnType<typeof createRouterGraph>;
