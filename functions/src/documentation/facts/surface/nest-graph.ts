import type { RouteCall } from '../content/file-summary.ts';
import type { NestApplication, NestSettings } from '../content/nest-found.ts';
import type { CodeTree } from './code-tree.ts';
import type { ExportResolver } from './module-exports.ts';
import { requestShape } from './request-shape.ts';
import { joinPaths, type RouterPrefix } from './router-graph.ts';
import type { Trace } from './surface-element.ts';

interface Declared {
  file: string;
  name: string;
}

/** One way in which an application reaches a controller. */
interface Reach {
  settings: NestSettings;
  traces: Trace[];
}

/** Modules that lie deeper are not followed. */
const mostSteps = 100;

const keyOf = ({ file, name }: Declared): string => `${file}\n${name}`;

const wildcard = /[*(){}[\]?+]/;

/** Whether a route goes without the prefix; undefined when only a pattern may say so. */
const isExcluded = (settings: NestSettings, { method, path }: RouteCall): boolean | undefined => {
  const shape = requestShape(path);
  for (const { path: excluded, method: only } of settings.excluded ?? []) {
    if (only !== undefined && only !== method) continue;
    const whole = joinPaths('', excluded);
    if (requestShape(whole) === shape) return true;
    if (wildcard.test(whole) && shape.startsWith(whole.slice(0, whole.search(wildcard)).replace(/\/$/, ''))) {
      return undefined;
    }
  }
  return false;
};

const prefixesThrough = ({ settings, traces }: Reach, call: RouteCall): RouterPrefix[] => {
  const excluded = isExcluded(settings, call);
  const rooted = !settings.unread && excluded !== undefined;
  const prefix = excluded === false ? (settings.prefix ?? '') : '';
  const { versioning } = settings;
  const versions = (versioning && (call.versions ?? versioning.fallback)) ?? [];
  return (versions.length > 0 ? versions : ['']).map((version) => ({
    prefix: joinPaths(prefix, version && `${versioning?.prefix ?? ''}${version}`),
    rooted,
    traces,
  }));
};

/** Which applications of NestJS lead to which controllers, through the modules in between. */
export const createNestGraph = (tree: CodeTree, resolveExports: ExportResolver) => {
  const reached = new Map<string, Reach[]>();
  const prefixed = new Set<string>();
  const usedSetups = new Set<string>();

  const declarationOf = (file: string, name: string): Declared => {
    const [local = '', member] = name.split('.');
    const taken = tree.summaryOf(file)?.imports.find((known) => known.local === local);
    const target = taken && tree.resolve(file, taken.source);
    if (!taken || target === undefined) return { file, name };
    const found = resolveExports(target).exports.get(member ?? taken.imported);
    return found ? { file: found.file, name: found.local } : { file, name };
  };

  /** The application's own settings with those of the functions that are given it. */
  const settingsOf = (file: string, application: NestApplication): Reach => {
    const traces: Trace[] = [{ file, key: `application:${application.module}` }];
    let settings: NestSettings = application;
    for (const { target, argument } of application.handed) {
      const declared = declarationOf(file, target);
      const setup = tree
        .summaryOf(declared.file)
        ?.nest?.setups.find((known) => known.name === declared.name && known.argument === argument);
      if (!setup) continue;
      usedSetups.add(keyOf(declared));
      settings = { ...settings, ...setup };
      traces.push({ file: declared.file, key: `setup:${setup.name}` });
    }
    return { settings, traces };
  };

  const isController = ({ file, name }: Declared): boolean =>
    tree.summaryOf(file)?.routes.some((call) => call.source === 'nest' && call.variable === name) ?? false;

  /** Each module once, however many others import it. */
  const visit = (declared: Declared, { settings, traces }: Reach, seen: Set<string>): void => {
    const key = keyOf(declared);
    if (seen.has(key) || traces.length > mostSteps) return;
    seen.add(key);
    const { file, name } = declared;
    const parts = tree.summaryOf(file)?.nest?.modules.find((module) => module.name === name)?.parts ?? [];
    for (const part of parts) {
      const next = declarationOf(file, part);
      const through = [...traces, { file, key: `module:${name} ${part}` }];
      if (!isController(next)) {
        visit(next, { settings, traces: through }, seen);
        continue;
      }
      const own: NestSettings = prefixed.has(key) ? { ...settings, unread: true } : settings;
      reached.set(keyOf(next), [...(reached.get(keyOf(next)) ?? []), { settings: own, traces: through }]);
    }
  };

  const known = tree.known().flatMap(([file, { nest }]) => (nest ? [{ file, nest }] : []));
  for (const { file, nest } of known) {
    for (const name of nest.prefixedModules) prefixed.add(keyOf(declarationOf(file, name)));
  }
  for (const { file, nest } of known) {
    for (const application of nest.applications) {
      visit(declarationOf(file, application.module), settingsOf(file, application), new Set());
    }
  }
  const isUncertain = known.some(
    ({ file, nest }) => nest.stray || nest.setups.some(({ name }) => !usedSetups.has(keyOf({ file, name }))),
  );

  return (file: string, call: RouteCall): RouterPrefix[] => {
    const ways = reached.get(keyOf({ file, name: call.variable })) ?? [];
    const prefixes = ways.flatMap((way) => prefixesThrough(way, call));
    if (prefixes.length === 0) return [{ prefix: '', rooted: false, traces: [] }];
    return isUncertain ? prefixes.map((prefix) => ({ ...prefix, rooted: false })) : prefixes;
  };
};

export type NestGraph = ReturnType<typeof createNestGraph>;
