import { z } from 'zod';
import type { DependencySide } from '../../../protocol/fact-sides.ts';
import { emptySummary, type FileSummary, type ManifestFound } from './file-summary.ts';
import { lineAt, lineStartsOf } from './lines.ts';

const versions = z.record(z.string(), z.string()).optional().catch(undefined);

const manifestSchema = z.object({
  name: z.string().optional().catch(undefined),
  private: z.boolean().optional().catch(undefined),
  main: z.string().optional().catch(undefined),
  module: z.string().optional().catch(undefined),
  types: z.string().optional().catch(undefined),
  exports: z.unknown().optional(),
  bin: z
    .union([z.string(), z.record(z.string(), z.string())])
    .optional()
    .catch(undefined),
  dependencies: versions,
  peerDependencies: versions,
  optionalDependencies: versions,
  devDependencies: versions,
  engines: versions,
});

type Manifest = z.infer<typeof manifestSchema>;

const groups = [
  'dependencies',
  'peerDependencies',
  'optionalDependencies',
  'devDependencies',
  'engines',
] as const;

/** Every file that a value of `exports` may lead to, in the order of its conditions. */
const filesOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(filesOf);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(filesOf) : [];
};

const subpathsOf = (exports: unknown): ManifestFound['entries'] => {
  if (typeof exports !== 'object' || exports === null || Array.isArray(exports)) {
    return [{ subpath: '.', files: filesOf(exports) }];
  }
  const keys = Object.keys(exports);
  if (!keys.some((key) => key.startsWith('.'))) return [{ subpath: '.', files: filesOf(exports) }];
  return Object.entries(exports).map(([subpath, value]) => ({ subpath, files: filesOf(value) }));
};

const entriesOf = ({
  exports,
  main,
  module,
  types,
  private: isPrivate,
}: Manifest): ManifestFound['entries'] => {
  if (exports !== undefined) return subpathsOf(exports);
  const files = [module, main, types].filter((file) => file !== undefined);
  if (files.length > 0) return [{ subpath: '.', files: [...files, './index.js'] }];
  return isPrivate ? [] : [{ subpath: '.', files: ['./index.js'], implied: true }];
};

const commandsOf = ({ bin, name }: Manifest): string[] => {
  if (typeof bin === 'string') return name ? [name.slice(name.lastIndexOf('/') + 1)] : [];
  return Object.keys(bin ?? {});
};

/** Later groups do not hide earlier ones: a peer that is also a development dependency stays a peer. */
const dependenciesOf = (manifest: Manifest, text: string): ManifestFound['dependencies'] => {
  const found = new Map<string, ManifestFound['dependencies'][number]>();
  const lines = lineStartsOf(text);
  for (const group of groups) {
    const begin = Math.max(0, text.indexOf(`"${group}"`));
    for (const [name, range] of Object.entries(manifest[group] ?? {})) {
      const key = group === 'engines' ? `engines ${name}` : name;
      const line = lineAt(lines, Math.max(0, text.indexOf(JSON.stringify(name), begin)));
      const side: DependencySide = {
        type: 'dependency',
        range,
        group,
        ...(manifest.name ? { package: manifest.name } : {}),
      };
      if (!found.has(key)) found.set(key, { name: key, line, side });
    }
  }
  return [...found.values()];
};

/** What a package.json says of entries, commands, dependencies and engines. */
export const summariseManifest = (text: string): FileSummary => {
  try {
    const manifest = manifestSchema.parse(JSON.parse(text));
    return {
      ...emptySummary(),
      manifest: {
        ...(manifest.name ? { name: manifest.name } : {}),
        private: manifest.private ?? false,
        entries: entriesOf(manifest),
        commands: commandsOf(manifest),
        dependencies: dependenciesOf(manifest, text),
      },
    };
  } catch {
    const reason = 'It is not a valid package.json.';
    return { ...emptySummary(), unresolved: [{ what: 'file', subject: 'package.json', reason, line: 1 }] };
  }
};
