import { CommitParser } from 'conventional-commits-parser';
import type { MessageKind } from './message-entry.ts';

const kinds: Record<string, MessageKind | undefined> = {
  feat: 'feature',
  feature: 'feature',
  fix: 'bug-fix',
  bugfix: 'bug-fix',
  hotfix: 'bug-fix',
  security: 'bug-fix',
  perf: 'improvement',
  improvement: 'improvement',
  enhancement: 'improvement',
  refactor: 'other',
  docs: 'other',
  doc: 'other',
  style: 'other',
  test: 'other',
  tests: 'other',
  build: 'other',
  ci: 'other',
  chore: 'other',
  deps: 'other',
  release: 'other',
  revert: 'other',
  wip: 'other',
  bench: 'other',
  benchmark: 'other',
  infra: 'other',
  lint: 'other',
  tooling: 'other',
};

/** The first line of a message in the conventional form. */
export interface ConventionalHeader {
  /** Absent for a type that only this project knows: `bench(socket): …`. */
  kind?: MessageKind;
  scope?: string;
  subject: string;
  /** Marked as breaking. */
  breaking: boolean;
}

const parser = new CommitParser({
  // References are read for messages of every form, in one place.
  issuePrefixes: [],
  headerPattern: /^(\w+)(?:\(([^()\r\n]*)\))?!?:\s+(\S.*)$/,
  breakingHeaderPattern: /^(\w+)(?:\(([^()\r\n]*)\))?!:\s+(\S.*)$/,
});

const conventionalHeader = /^(\w+)(?:\(([^()\r\n]*)\))?(!?):\s+(\S.*)$/;
const announcesBreak = /BREAKING[ -]CHANGE/i;

/** Reads a line in the conventional form; without a scope only a known type shows that it is one. */
export const readHeader = (line: string): ConventionalHeader | undefined => {
  const match = conventionalHeader.exec(line);
  if (match === null) return undefined;
  const [, type, scope, mark, subject] = match;
  const kind = kinds[type?.toLowerCase() ?? ''];
  if ((!kind && !scope) || !subject) return undefined;
  return { ...(kind ? { kind } : {}), subject, breaking: mark === '!', ...(scope ? { scope } : {}) };
};

/** Texts behind BREAKING CHANGE. With a mark in the header its subject is one of them. */
export const readBreakingNotes = (line: string, body: readonly string[]): string[] => {
  // The parser works through every line, so it reads only the few messages that have notes.
  const announced = announcesBreak.test(line) || body.some((text) => announcesBreak.test(text));
  return announced ? parser.parse([line, '', ...body].join('\n')).notes.map(({ text }) => text) : [];
};
