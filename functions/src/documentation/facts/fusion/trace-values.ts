import { shortDigest } from '../content/digest.ts';
import { fileKind } from '../content/file-kind.ts';
import { type SummaryStore, summaryKey } from '../content/summary-store.ts';
import { fingerprints } from '../surface/fingerprints.ts';
import type { SurfaceElement } from '../surface/surface-element.ts';
import type { FileVersion } from './commit-note.ts';

/** Value of a part of a file in one version, by its content; undefined when the part is not there. */
export type TraceValue = (path: string, content: string | undefined, key: string) => string | undefined;

const wantedKeys = (elements: readonly SurfaceElement[]): Set<string> =>
  new Set(elements.flatMap(({ traces }) => traces.map(({ key }) => key)));

/** Reads every version of the traced files once, and keeps of each only digests of the parts that are asked for. */
export const readTraceValues = async (
  store: SummaryStore,
  versions: ReadonlyMap<string, readonly FileVersion[]>,
  elements: readonly SurfaceElement[],
): Promise<TraceValue> => {
  const wanted = wantedKeys(elements);
  const files = [...versions.values()].flatMap((list) =>
    list.flatMap(({ path, before, after }) =>
      [before, after].flatMap((content) => (content ? [{ path, content }] : [])),
    ),
  );
  const values = new Map<string, Map<string, string>>();
  await store.forEach(files, (key, summary) => {
    const parts = new Map<string, string>();
    for (const [part, text] of fingerprints(summary))
      if (wanted.has(part)) parts.set(part, shortDigest(text));
    values.set(key, parts);
  });
  return (path, content, key) => {
    const kind = fileKind(path);
    return content && kind ? values.get(summaryKey(content, kind))?.get(key) : undefined;
  };
};
