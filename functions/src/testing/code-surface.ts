import { fileKind } from '../documentation/facts/content/file-kind.ts';
import type { FileSummary } from '../documentation/facts/content/file-summary.ts';
import { summariseFile } from '../documentation/facts/content/summarise-file.ts';
import { createCodeTree } from '../documentation/facts/surface/code-tree.ts';
import { readSurface } from '../documentation/facts/surface/read-surface.ts';
import type { Surface } from '../documentation/facts/surface/surface-element.ts';

/** What detectors find in a file of this name and text. */
export const summaryOf = (path: string, text: string): FileSummary => {
  const kind = fileKind(path);
  if (!kind) throw new Error(`${path} is of no kind that detectors know`);
  return summariseFile(kind, Buffer.from(text));
};

/** What a tree of these files offers. */
export const surfaceOf = (files: Record<string, string>): Surface => {
  const list = Object.keys(files).map((path) => ({ path, kind: 'file' as const, content: path }));
  const summaries = new Map(
    Object.entries(files).flatMap(([path, text]): [string, FileSummary][] =>
      fileKind(path) ? [[path, summaryOf(path, text)]] : [],
    ),
  );
  return readSurface(createCodeTree(list, (content) => summaries.get(content)));
};
