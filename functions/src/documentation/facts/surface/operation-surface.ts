import type { DependencySide, FlagSide, SettingSide } from '../../../protocol/fact-sides.ts';
import type { FactAudience } from '../../../protocol/facts.ts';
import type { SettingFound } from '../content/file-summary.ts';
import type { CodeTree } from './code-tree.ts';
import { featureScope } from './feature-scope.ts';
import type { SurfaceElement } from './surface-element.ts';

const scoped = (file: string) => {
  const scope = featureScope(file);
  return scope ? { scope } : {};
};

const settingElement = (file: string, { name, line, side, heuristic }: SettingFound): SurfaceElement => ({
  kind: 'configuration',
  subject: name,
  name,
  ...scoped(file),
  side,
  file,
  line,
  evidence: heuristic ? 'heuristic' : 'parsed',
  audiences: ['operator'],
  isPublic: true,
  traces: [{ file, key: `setting:${name}` }],
});

/** One setting is read in several places; what each knows of it is put together, proven places first. */
const mergeSettings = (known: SurfaceElement, next: SurfaceElement): SurfaceElement => {
  const [first, second] =
    known.evidence === 'heuristic' && next.evidence === 'parsed' ? [next, known] : [known, next];
  if (first.side.type !== 'setting' || second.side.type !== 'setting') return known;
  const side: SettingSide = { ...second.side, ...first.side };
  return { ...first, side, traces: [...known.traces, ...next.traces] };
};

const aboutSettings = /(config|setting|env)[^/]*$/i;

/**
 * Settings and environment variables. A table of names in capitals is one of settings only when something else
 * says so too: the name of its file, or the same name where the environment is read.
 */
export const readSettingSurface = (tree: CodeTree): SurfaceElement[] => {
  const settings = new Map<string, SurfaceElement>();
  for (const [file, summary] of tree.known()) {
    for (const found of summary.settings) {
      const element = settingElement(file, found);
      const known = settings.get(found.name);
      settings.set(found.name, known ? mergeSettings(known, element) : element);
    }
  }
  return [...settings.values()].filter(
    ({ evidence, file }) => evidence === 'parsed' || aboutSettings.test(file),
  );
};

const flagSubject = (program: string, side: FlagSide, name: string): string =>
  [program, side.command, side.form === 'argument' ? `<${name}>` : name].filter(Boolean).join(' ');

/** Commands, arguments and options of command lines. */
export const readFlagSurface = (tree: CodeTree): SurfaceElement[] => {
  const programs = new Set(tree.packages.flatMap(({ manifest }) => manifest.commands));
  const [only] = programs.size === 1 ? programs : [];
  const audiences: FactAudience[] = ['operator', 'user'];
  const flags = tree.known().flatMap(([file, summary]) =>
    summary.flags.map(
      ({ name, line, side }): SurfaceElement => ({
        kind: 'flag',
        subject: flagSubject(only ?? '', side, name),
        name,
        ...scoped(file),
        side,
        file,
        line,
        evidence: 'parsed',
        audiences,
        isPublic: true,
        likeness: `${side.form} ${side.command ?? ''} ${side.description ?? side.usage}`,
        traces: [{ file, key: `flag:${side.command ?? ''} ${name}` }],
      }),
    ),
  );
  const commands = tree.packages.flatMap(({ file, manifest }) =>
    manifest.commands.map((name): SurfaceElement => {
      const side: FlagSide = { type: 'flag', form: 'command', usage: name, required: false };
      const traces = [{ file, key: `command:${name}` }];
      return {
        kind: 'flag',
        subject: name,
        name,
        side,
        file,
        line: 1,
        evidence: 'parsed',
        audiences,
        isPublic: true,
        traces,
      };
    }),
  );
  return [...commands, ...flags];
};

const dependencyAudiences = ({ group }: DependencySide): FactAudience[] =>
  group === 'engines' ? ['operator', 'developer'] : ['developer'];

/** Dependencies and required engines of every package. */
export const readDependencySurface = (tree: CodeTree): SurfaceElement[] => {
  const several = tree.packages.length > 1;
  return tree.packages.flatMap(({ file, folder, manifest }) =>
    manifest.dependencies.map(({ name, line, side }): SurfaceElement => {
      const owner = manifest.name ?? folder;
      return {
        kind: 'dependency',
        subject: several && owner ? `${owner}: ${name}` : name,
        name: name.replace(/^engines /, ''),
        ...scoped(file),
        side,
        file,
        line,
        evidence: 'parsed',
        audiences: dependencyAudiences(side),
        isPublic: side.group === 'engines' || side.group === 'peerDependencies',
        traces: [{ file, key: `dependency:${name}` }],
      };
    }),
  );
};
