import type { DeclaredSymbol, ModuleExport } from '../content/file-summary.ts';
import type { CodeTree } from './code-tree.ts';
import type { Trace } from './surface-element.ts';
import { allKey } from './trace-parts.ts';

/** A name that a module gives, followed to where it is declared. */
export interface ResolvedExport {
  name: string;
  /** File of the declaration, or of the last step that could be followed. */
  file: string;
  line: number;
  /** Local name there. */
  local: string;
  /** Absent when it comes from another package or cannot be read. */
  symbol?: DeclaredSymbol;
  traces: Trace[];
}

export interface ResolvedExports {
  exports: Map<string, ResolvedExport>;
  /** Specifiers of `export * from 'elsewhere'`, whose names nobody here knows, each once. */
  outside: Set<Outside>;
}

export interface Outside {
  file: string;
  line: number;
  source: string;
}

const step = (file: string, name: string): Trace => ({ file, key: `export:${name}` });

/** Follows the exports of a module through re-exports. */
export const createExportResolver = (tree: CodeTree) => {
  const known = new Map<string, ResolvedExports>();

  const follow = (file: string, entry: ModuleExport, source: string, imported: string): ResolvedExport => {
    const unknown = {
      name: entry.name,
      file,
      line: entry.line,
      local: imported,
      traces: [step(file, entry.name)],
    };
    const target = tree.resolve(file, source);
    if (target === undefined || imported === '*') return unknown;
    const found = resolveExports(target).exports.get(imported);
    if (!found) return unknown;
    return { ...found, name: entry.name, traces: [step(file, entry.name), ...found.traces] };
  };

  const resolveNamed = (file: string, entry: ModuleExport): ResolvedExport => {
    if (entry.source !== undefined) return follow(file, entry, entry.source, entry.imported ?? entry.name);
    const local = entry.local ?? entry.name;
    const summary = tree.summaryOf(file);
    const taken = summary?.imports.find((known) => known.local === local);
    if (taken) return follow(file, entry, taken.source, taken.imported);
    const symbol = summary?.symbols.find(({ name }) => name === local);
    const traces = [step(file, entry.name), { file, key: `symbol:${local}` }];
    const line = symbol?.line ?? entry.line;
    return { name: entry.name, file, line, local, traces, ...(symbol ? { symbol } : {}) };
  };

  const addAll = (file: string, entry: ModuleExport, result: ResolvedExports): void => {
    const source = entry.source ?? '';
    const target = tree.resolve(file, source);
    if (target === undefined) {
      result.outside.add({ file, line: entry.line, source });
      return;
    }
    const inner = resolveExports(target);
    for (const outside of inner.outside) result.outside.add(outside);
    for (const [name, found] of inner.exports) {
      if (name === 'default' || result.exports.has(name)) continue;
      result.exports.set(name, { ...found, traces: [{ file, key: allKey(source) }, ...found.traces] });
    }
  };

  /** Of `export * as shapes from './shapes'` what it holds, each by its whole name. */
  const addNamed = (file: string, entry: ModuleExport, result: ResolvedExports): void => {
    const { name, source, imported } = entry;
    const target = imported === '*' && source !== undefined ? tree.resolve(file, source) : undefined;
    if (target === undefined) {
      result.exports.set(name, resolveNamed(file, entry));
      return;
    }
    for (const [inner, found] of resolveExports(target).exports) {
      const whole = `${name}.${inner}`;
      result.exports.set(whole, { ...found, name: whole, traces: [step(file, name), ...found.traces] });
    }
  };

  const resolveExports = (file: string): ResolvedExports => {
    const done = known.get(file);
    if (done) return done;
    const result: ResolvedExports = { exports: new Map(), outside: new Set() };
    // Known before it is complete, so that modules that name each other end.
    known.set(file, result);
    const entries = tree.summaryOf(file)?.exports ?? [];
    for (const entry of entries) if (entry.name !== '*') addNamed(file, entry, result);
    for (const entry of entries) if (entry.name === '*') addAll(file, entry, result);
    return result;
  };

  return resolveExports;
};

export type ExportResolver = ReturnType<typeof createExportResolver>;
