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

const conventionalHeader = /^(\w+)(?:\(([^()\r\n]*)\))?(!?):\s+(\S.*)$/;

/** Reads a line in the conventional form; without a scope only a known type shows that it is one. */
export const readHeader = (line: string): ConventionalHeader | undefined => {
  const match = conventionalHeader.exec(line);
  if (match === null) return undefined;
  const [, type, scope, mark, subject] = match;
  const kind = kinds[type?.toLowerCase() ?? ''];
  if ((!kind && !scope) || !subject) return undefined;
  return { ...(kind ? { kind } : {}), subject, breaking: mark === '!', ...(scope ? { scope } : {}) };
};

const breakingNote = /^BREAKING[ -]CHANGES?\s*[:#]\s*(.*)$/i;

/** `Reviewed-by: Ada`, `Refs #3`: what stands at the end of a message and is no sentence. */
const footer = /^[A-Za-z][\w-]*(?:: | #)/;

/** The texts behind BREAKING CHANGE, each up to an empty line or the next footer, and the lines around them. */
export const readBreakingNotes = (body: readonly string[]): { notes: string[]; rest: string[] } => {
  const notes: string[] = [];
  const rest: string[] = [];
  let isOpen = false;
  for (const line of body) {
    const text = breakingNote.exec(line)?.[1];
    isOpen = text !== undefined || (isOpen && line.trim() !== '' && !footer.test(line));
    if (text !== undefined) notes.push(text);
    else if (isOpen) notes.push(`${notes.pop() ?? ''} ${line.trim()}`);
    else rest.push(line);
  }
  return { notes, rest };
};
