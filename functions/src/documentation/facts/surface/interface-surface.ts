import type { FileSummary } from '../content/file-summary.ts';
import type { CodeTree } from './code-tree.ts';
import { featureScope } from './feature-scope.ts';
import type { SurfaceElement } from './surface-element.ts';
import { textSubject } from './text-subject.ts';
import { createTranslations, phraseKey } from './translations.ts';

const scoped = (file: string) => {
  const scope = featureScope(file);
  return scope ? { scope } : {};
};

/** Where two components share a name, the file tells them apart. */
const componentSubjects = (known: readonly [string, FileSummary][]) => {
  const files = new Map<string, number>();
  for (const [, { components }] of known) {
    for (const { name } of components) files.set(name, (files.get(name) ?? 0) + 1);
  }
  return (name: string, file: string): string => ((files.get(name) ?? 0) > 1 ? `${name} (${file})` : name);
};

/** Components with their properties, and what people read in them. `isApi` tells which a package gives to others. */
export const readInterfaceSurface = (
  tree: CodeTree,
  isApi: (file: string, name: string) => boolean,
): SurfaceElement[] => {
  const known = tree.known();
  const subjectOf = componentSubjects(known);
  const translated = createTranslations(known);
  return known.flatMap(([file, { components, texts }]): SurfaceElement[] => [
    ...components.map(
      ({ name, line, side, likeness }): SurfaceElement => ({
        kind: 'component',
        subject: subjectOf(name, file),
        name,
        ...scoped(file),
        side,
        file,
        line,
        evidence: 'parsed',
        audiences: isApi(file, name) ? ['developer', 'user'] : ['user', 'developer'],
        isPublic: isApi(file, name),
        likeness,
        traces: [{ file, key: `component:${name}` }],
      }),
    ),
    ...texts.flatMap((found): SurfaceElement | [] => {
      const { component, element, role, text: written, target } = found.side;
      const shown = found.isKey ? translated(written) : { file, line: found.line, text: written };
      if (!shown) return [];
      const side = { ...found.side, text: shown.text };
      return {
        kind: 'ui-text',
        subject: `${subjectOf(component, file)} › ${textSubject(side)}`,
        name: shown.text,
        ...scoped(file),
        side,
        file: shown.file,
        line: shown.line,
        evidence: found.isKey ? 'heuristic' : 'parsed',
        audiences: ['user'],
        isPublic: false,
        traces: [
          { file, key: `text:${component} ${element} ${role} ${written} ${target ?? ''}` },
          ...(found.isKey ? [{ file: shown.file, key: phraseKey(written) }] : []),
        ],
      };
    }),
  ]);
};
