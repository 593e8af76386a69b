import { createClassifier, type TouchedPath } from './classify-message.ts';
import { cleanPhrase, cleanSentence } from './clean-text.ts';
import { readBreakingNotes, readHeader } from './conventional.ts';
import type { MessageEntry, MessageKind, MessageReading } from './message-entry.ts';
import { readReferences } from './references.ts';
import { type Said, squashedEntries } from './squashed-entries.ts';

const trailer =
  /^(co-authored-by|signed-off-by|reviewed-by|acked-by|tested-by|change-id|cc|reported-by):\s*(.*)$/i;
const merge = /^merge(d)? (branch|pull request|remote-tracking|tag|commit|in\b|.+ into )|^merge: /i;
const unfinished = /^(fixup|squash|amend)! |^wip\b/i;
/** What was done to what, nobody knows. */
const wordless =
  /^((quick |small |minor )?(bug)?fix(es|ed)?|(minor |small )?(updates?|updated|changes?|changed)|misc|stuff)\.?$/i;
const plainLetter = /[a-z0-9]/i;
const anyLetter = /[\p{L}\p{N}]/u;

/** Letters beyond those of English are looked for only where there is none of these: it takes its time. */
const tellsNothing = (title: string): boolean =>
  wordless.test(title) || (!plainLetter.test(title) && !anyLetter.test(title));

const mostDetails = 6;
const longestMessage = 50_000;

interface Lines {
  title: string;
  body: string[];
  coAuthors: string[];
}

const splitLines = (message: string): Lines => {
  const text = message.includes('\r') ? message.replace(/\r\n?/g, '\n') : message;
  const trimmed = text.trim();
  if (!trimmed.includes('\n')) return { title: trimmed, body: [], coAuthors: [] };
  const [title = '', ...rest] = trimmed.split('\n');
  const coAuthors: string[] = [];
  const body = rest.filter((line) => {
    const match = trailer.exec(line);
    if (match === null) return true;
    const [, name = '', value = ''] = match;
    if (/^co-authored-by$/i.test(name)) coAuthors.push(value.replace(/\s*<[^>]*>.*$/, '').trim());
    return false;
  });
  return { title: title.trim(), body, coAuthors: coAuthors.filter(Boolean) };
};

/** Paragraphs without headings and lists, as sentences. */
const sentencesOf = (lines: readonly string[]): string[] => {
  const sentences: string[] = [];
  for (const paragraph of lines.join('\n').split(/\n\s*\n|\n(?=\s*[*-]\s)/)) {
    const sentence = cleanSentence(paragraph.replace(/^\s*[*#>-]+\s*/, '').replace(/\n/g, ' '));
    if (sentence.length > 3) sentences.push(sentence);
    if (sentences.length === mostDetails) break;
  }
  return sentences;
};

const detailsOf = (body: readonly string[], notes: readonly string[]): string[] => {
  if (body.length === 0 && notes.length === 0) return [];
  const details = sentencesOf(body);
  return [...new Set([...notes.map(cleanSentence).filter(Boolean), ...details])];
};

/** Whether something breaks, what is said of it, and what else is said. */
const readBreak = ({ text, header, body }: Said) => {
  const { notes, rest } = readBreakingNotes(body);
  const breaking = header?.breaking || notes.length > 0 || /\bbreaking change\b/i.test(text);
  return { breaking, notes, rest };
};

interface EntryContext {
  kindOf: (text: string) => MessageKind;
  /** The word stands somewhere in the message. */
  speaksOfBreaking: boolean;
}

/** A type that only this project knows names no repair: there is a well-known one for that. */
const entryKind = ({ text, header }: Said, kindOf: EntryContext['kindOf']): MessageKind => {
  if (header === undefined) return kindOf(text);
  return header.kind ?? (kindOf(header.subject) === 'feature' ? 'feature' : 'other');
};

const createEntry = (said: Said, { kindOf, speaksOfBreaking }: EntryContext): MessageEntry | undefined => {
  const { text, header, body } = said;
  const phrase = cleanPhrase(
    header?.subject ?? (text.startsWith('[') ? text.replace(/^\[[^\]]*\]\s*/, '') : text),
  );
  if (!phrase) return undefined;
  const { breaking, notes, rest } = speaksOfBreaking
    ? readBreak(said)
    : { breaking: header?.breaking ?? false, notes: [], rest: body };
  return {
    kind: entryKind(said, kindOf),
    conventional: header?.kind !== undefined,
    ...(header?.scope ? { scope: header.scope } : {}),
    phrase,
    breaking,
    details: detailsOf(rest, notes),
    references: readReferences(body.length === 0 ? text : [text, ...body].join('\n')),
  };
};

const readRevert = (title: string, body: readonly string[]): MessageReading['reverts'] | undefined => {
  const id = body.join(' ').match(/\bThis reverts commit ([0-9a-f]{7,64})/i)?.[1];
  const quoted = title.match(/^Revert "(.*)"$/i)?.[1] ?? title.match(/^revert(?:\([^)]*\))?!?: (.*)$/i)?.[1];
  if (id === undefined && quoted === undefined) return undefined;
  return { ...(id === undefined ? {} : { id }), ...(quoted === undefined ? {} : { title: quoted }) };
};

/** What a commit message says was done; `paths` help where it does not name the kind. */
export const readMessage = (message: string, paths: readonly TouchedPath[]): MessageReading => {
  const { title, body, coAuthors } = splitLines(message.slice(0, longestMessage));
  const header = readHeader(title);
  const conventional = header?.kind !== undefined;
  if (merge.test(title) || unfinished.test(title) || tellsNothing(title))
    return { entries: [], coAuthors, conventional };
  const reverts = /revert/i.test(message) ? readRevert(title, body) : undefined;
  const whole = { text: title, header, body };
  const squashed = squashedEntries(whole);
  const listed = squashed.length > 0 ? squashed : [whole];
  const shared = squashed.length > 0 ? readReferences(title) : [];
  const context = { kindOf: createClassifier(paths), speaksOfBreaking: /breaking/i.test(message) };
  const entries: MessageEntry[] = [];
  for (const said of listed) {
    const entry = createEntry(said, context);
    if (entry === undefined) continue;
    if (said.text !== title) entry.references.push(...shared);
    entries.push(entry);
  }
  return { entries, coAuthors, conventional, ...(reverts ? { reverts } : {}) };
};
