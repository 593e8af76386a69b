import { summariseEnvironmentFile } from './environment-file.ts';
import type { FileKind } from './file-kind.ts';
import { emptySummary, type FileSummary } from './file-summary.ts';
import { summariseManifest } from './manifest.ts';
import { summariseOpenApi } from './openapi-document.ts';
import { summarisePhrases } from './phrases.ts';
import { summariseSource } from './source-summary.ts';

/** Larger files are made by programs. */
export const largestFile = 1024 * 1024;

const unreadable = (reason: string): FileSummary => ({
  ...emptySummary(),
  unresolved: [{ what: 'file', subject: 'the whole file', reason, line: 1 }],
});

export const tooDeep = unreadable('It is nested too deeply.');

/** Content that is one line of a thousand words was made by a program as well. */
const isMinified = (text: string): boolean => {
  const firstLine = text.indexOf('\n');
  return text.length > 20_000 && (firstLine < 0 || firstLine > 5_000);
};

const summariseText = (kind: FileKind, text: string): FileSummary => {
  switch (kind) {
    case 'manifest':
      return summariseManifest(text);
    case 'openapi':
      return summariseOpenApi(text);
    case 'phrases':
      return summarisePhrases(text);
    case 'environment':
      return summariseEnvironmentFile(text);
    default:
      return isMinified(text) ? unreadable('It is minified.') : summariseSource(text, kind);
  }
};

/** What detectors find in one file; absent `bytes` stand for a file that is too large or missing. */
export const summariseFile = (kind: FileKind, bytes: Buffer | undefined): FileSummary => {
  if (!bytes) return unreadable(`It is larger than ${largestFile / 1024} KiB, or missing in this clone.`);
  if (bytes.includes(0)) return unreadable('It is binary.');
  try {
    return summariseText(kind, bytes.toString('utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    // Detectors follow the nesting of what was parsed.
    if (error instanceof RangeError) return tooDeep;
    throw error;
  }
};
