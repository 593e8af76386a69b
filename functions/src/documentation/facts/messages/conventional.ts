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
};

/** A message in the conventional form. */
export interface ConventionalMessage {
  kind: MessageKind;
  scope?: string;
  subject: string;
  breaking: boolean;
  /** Texts behind BREAKING CHANGE. */
  notes: string[];
}

const parser = new CommitParser({
  // References are read for messages of every form, in one place.
  issuePrefixes: [],
  headerPattern: /^(\w+)(?:\(([^()\r\n]*)\))?!?:\s+(\S.*)$/,
  breakingHeaderPattern: /^(\w+)(?:\(([^()\r\n]*)\))?!:\s+(\S.*)$/,
});

const conventionalHeader = /^(\w+)(?:\(([^()\r\n]*)\))?(!?):\s+(\S.*)$/;
const announcesBreak = /BREAKING[ -]CHANGE/i;

/** Reads a message in the conventional form with a known type; undefined for any other. */
export const readConventional = (message: string): ConventionalMessage | undefined => {
  const [, type, scope, mark, subject] = conventionalHeader.exec(message.split('\n', 1)[0] ?? '') ?? [];
  const kind = kinds[type?.toLowerCase() ?? ''];
  if (!kind || !subject) return undefined;
  // The parser works through every line, so it reads only the few messages that have notes.
  const notes = announcesBreak.test(message) ? parser.parse(message).notes : [];
  return {
    kind,
    subject,
    breaking: mark === '!' || notes.length > 0,
    // With the mark in the header the parser repeats the subject as a note.
    notes: notes.map(({ text }) => text).filter((text) => text.trim() !== subject.trim()),
    ...(scope ? { scope } : {}),
  };
};
