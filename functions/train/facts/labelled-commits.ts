import { readFileSync } from 'node:fs';
import type { TouchedPath } from '../../src/documentation/facts/messages/classify-message.ts';
import { traitsOf } from '../../src/documentation/facts/messages/path-traits.ts';

export const commitKinds = ['feature', 'bug-fix', 'other'] as const;
export type CommitKind = (typeof commitKinds)[number];

/** A commit message without a conventional prefix, with the paths it touched and the kind that it is. */
export interface LabelledCommit {
  kind: CommitKind;
  message: string;
  paths: TouchedPath[];
}

const readLine = (line: string, place: string): LabelledCommit => {
  const [label, message, paths] = line.split('\t');
  const kind = commitKinds.find((known) => known === label);
  if (!kind || !message || paths === undefined) {
    throw new Error(
      `${place}: write kind, message and paths with tabs between them; kinds are ${commitKinds.join(', ')}.`,
    );
  }
  const touched = paths.split(',').filter(Boolean);
  return {
    kind,
    message,
    paths: touched.map((path) => ({
      traits: traitsOf(path.replace(/^\+/, '')),
      isNew: path.startsWith('+'),
    })),
  };
};

/** Reads a table of labelled commits: one a line, kind, message and paths (a new one begins with +). */
export const readLabelledCommits = (file: URL): LabelledCommit[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line, position) => readLine(line, `${file.pathname}:${position + 1}`));
