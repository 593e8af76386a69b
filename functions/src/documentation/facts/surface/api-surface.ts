import type { ApiSide } from '../../../protocol/fact-sides.ts';
import type { Unresolved } from '../../../protocol/facts.ts';
import type { CodePackage, CodeTree } from './code-tree.ts';
import { featureScope } from './feature-scope.ts';
import type { ExportResolver, Outside, ResolvedExport } from './module-exports.ts';
import type { SurfaceElement, Trace } from './surface-element.ts';
import { allKey, entryKey } from './trace-parts.ts';
import { withTypeUse } from './type-use.ts';

interface Entry {
  package: CodePackage;
  subpath: string;
  /** What a user imports from. */
  name: string;
  file: string;
}

const entryName = ({ manifest }: CodePackage, subpath: string): string =>
  `${manifest.name ?? ''}${subpath === '.' ? '' : subpath.slice(1)}`;

/** `./features/*` stands for every file that fits. */
const expand = (tree: CodeTree, found: CodePackage, subpath: string, pattern: string): Entry[] => {
  const [start = '', end = ''] = pattern.replace(/^\.\//, '').split('*');
  const folder = found.folder ? `${found.folder}/` : '';
  return tree.paths().flatMap((path) => {
    if (!path.startsWith(folder + start) || !path.endsWith(end)) return [];
    const middle = path.slice(folder.length + start.length, path.length - end.length);
    return [{ package: found, subpath, name: entryName(found, subpath.replace('*', middle)), file: path }];
  });
};

const entriesOf = (tree: CodeTree, found: CodePackage): { entries: Entry[]; unresolved: Unresolved[] } => {
  const entries: Entry[] = [];
  const unresolved: Unresolved[] = [];
  for (const { subpath, files, implied } of found.manifest.entries) {
    const code = files.filter((file) => /(\.[cm]?[jt]sx?$|\*|^[^.]+$|\/[^.]+$)/.test(file));
    if (subpath.includes('*')) {
      const pattern = code[0];
      if (pattern) entries.push(...expand(tree, found, subpath, pattern));
      continue;
    }
    const file = code.map((name) => tree.entryFile(found, name)).find((path) => path !== undefined);
    if (file) entries.push({ package: found, subpath, name: entryName(found, subpath), file });
    else if (code.length > 0 && !implied) {
      const subject = entryName(found, subpath) || subpath;
      const reason = `The source of the entry ${code[0]} was not found.`;
      unresolved.push({ what: 'export', subject, reason, file: found.file });
    }
  }
  return { entries, unresolved };
};

const entryTrace = (entry: Entry): Trace => ({ file: entry.package.file, key: entryKey(entry.subpath) });

const element = (entry: Entry, found: ResolvedExport): SurfaceElement => {
  const { symbol } = found;
  const shown = found.name === 'default' ? found.local : found.name;
  const packageName = entry.package.manifest.name;
  const declared = symbol?.side ?? {
    form: 'unknown' as const,
    signature: shown,
    parameters: [],
    members: [],
  };
  const signature =
    symbol && found.local !== shown && !shown.includes('.')
      ? declared.signature.replace(found.local, shown)
      : declared.signature;
  const side: ApiSide = {
    type: 'api',
    ...declared,
    signature,
    entry: entry.name,
    ...(packageName ? { package: packageName } : {}),
    ...(found.name === 'default' ? { isDefault: true } : {}),
  };
  const scope = featureScope(found.file);
  return {
    kind: 'api',
    subject: entry.name ? `${entry.name}: ${found.name}` : found.name,
    name: shown,
    ...(scope ? { scope } : {}),
    side,
    file: found.file,
    line: found.line,
    evidence: 'parsed',
    audiences: ['developer'],
    isPublic: true,
    ...(symbol
      ? {
          likeness: `${symbol.side.form} ${symbol.likeness}`,
          place: JSON.stringify([entry.name, found.file, found.local]),
        }
      : {}),
    traces: [...found.traces, entryTrace(entry)],
  };
};

/** All names of another package: which ones, nobody here knows. */
const reExport = (entry: Entry, { file, line, source }: Outside): SurfaceElement => {
  const packageName = entry.package.manifest.name;
  const scope = featureScope(file);
  return {
    kind: 'api',
    subject: `${entry.name ? `${entry.name}: ` : ''}* from ${source}`,
    name: source,
    ...(scope ? { scope } : {}),
    side: {
      type: 'api',
      form: 're-export',
      signature: `export * from '${source}'`,
      parameters: [],
      members: [],
      entry: entry.name,
      ...(packageName ? { package: packageName } : {}),
    },
    file,
    line,
    evidence: 'parsed',
    audiences: ['developer'],
    isPublic: true,
    traces: [{ file, key: allKey(source) }, entryTrace(entry)],
  };
};

const outsideOf = (entry: Entry, outside: readonly Outside[]): Unresolved[] =>
  outside.map(({ file, line, source }) => ({
    what: 'export',
    subject: `export * from '${source}'`,
    reason: `${entry.name || 'The package'} gives names of another package, which is not part of this repository.`,
    file,
    line,
  }));

const isPackage = ({ source }: Outside): boolean => !source.startsWith('.');

/** Symbols that users of a package can reach through its entries; the shortest way to each. */
export const readApiSurface = (
  tree: CodeTree,
  resolveExports: ExportResolver,
): { elements: SurfaceElement[]; unresolved: Unresolved[] } => {
  const elements: SurfaceElement[] = [];
  const unresolved: Unresolved[] = [];
  for (const found of tree.packages) {
    const own: SurfaceElement[] = [];
    const seen = new Set<string>();
    const listed = entriesOf(tree, found);
    unresolved.push(...listed.unresolved);
    for (const entry of listed.entries) {
      const { exports, outside: given } = resolveExports(entry.file);
      const outside = [...given];
      unresolved.push(...outsideOf(entry, outside));
      own.push(...outside.filter(isPackage).map((found) => reExport(entry, found)));
      for (const resolved of exports.values()) {
        const place = `${resolved.file}\n${resolved.local}\n${resolved.name}`;
        if (seen.has(place)) continue;
        seen.add(place);
        own.push(element(entry, resolved));
      }
    }
    elements.push(...withTypeUse(own));
  }
  return { elements, unresolved };
};
