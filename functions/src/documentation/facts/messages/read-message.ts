import { classifyMessage, type TouchedPath } from './classify-message.ts';
import { cleanPhrase, cleanSentence } from './clean-text.ts';
import { readConventional } from './conventional.ts';
import type { MessageEntry, MessageReading } from './message-entry.ts';
import { readReferences } from './references.ts';

const trailer =
  /^(co-authored-by|signed-off-by|reviewed-by|acked-by|tested-by|change-id|cc|reported-by):\s*(.*)$/i;
const merge = /^merge(d)? (branch|pull request|remote-tracking|tag|commit|in\b|.+ into )|^merge: /i;
const unfinished = /^(fixup|squash|amend)! |^wip\b/i;
const noise =
  /^(wip|fix(ed)? (typos?|lint|tests?|ci|build)|typos?|lint|format(ting)?|(address|apply) (review|feedback|comments?|suggestions?).*|review (comments|feedback)|update(d)? tests?|cleanup|oops|tmp|merge .*)$/i;
const bullet = /^\s*[*-]\s+(\S.*)$/;
const mostDetails = 6;
const longestMessage = 50_000;

interface Lines {
  title: string;
  body: string[];
  coAuthors: string[];
}

const splitLines = (message: string): Lines => {
  const [title = '', ...rest] = message.replace(/\r\n?/g, '\n').trim().split('\n');
  const coAuthors: string[] = [];
  const body = rest.filter((line) => {
    const [, name = '', value = ''] = line.match(trailer) ?? [];
    if (/^co-authored-by$/i.test(name)) coAuthors.push(value.replace(/\s*<[^>]*>.*$/, '').trim());
    return name === '';
  });
  return { title: title.trim(), body, coAuthors: coAuthors.filter(Boolean) };
};

/** Paragraphs without headings and lists, as sentences. */
const sentencesOf = (lines: readonly string[]): string[] =>
  lines
    .join('\n')
    .split(/\n\s*\n|\n(?=\s*[*-]\s)/)
    .map((paragraph) => cleanSentence(paragraph.replace(/^\s*[*#>-]+\s*/, '').replace(/\n/g, ' ')))
    .filter((sentence) => sentence.length > 3)
    .slice(0, mostDetails);

const breakingNote = /^BREAKING[ -]CHANGES?\s*[:#]\s*/i;

const createEntry = (
  text: string,
  body: readonly string[],
  paths: readonly TouchedPath[],
): MessageEntry | undefined => {
  const whole = [text, ...body].join('\n');
  const conventional = readConventional([text, '', ...body].join('\n'));
  const phrase = cleanPhrase(conventional?.subject ?? text.replace(/^\[[^\]]*\]\s*/, ''));
  if (!phrase) return undefined;
  const isBreaking = conventional?.breaking ?? body.some((line) => breakingNote.test(line));
  const notes = (conventional?.notes ?? []).map(cleanSentence).filter(Boolean);
  const details = sentencesOf(body.filter((line) => !breakingNote.test(line)));
  return {
    kind: conventional?.kind ?? classifyMessage(text, paths),
    conventional: conventional !== undefined,
    ...(conventional?.scope ? { scope: conventional.scope } : {}),
    phrase,
    breaking: isBreaking || /\bbreaking change\b/i.test(text),
    details: [...new Set([...notes, ...details])],
    references: readReferences(whole),
  };
};

/** Entries that a squashed commit lists: conventional bullets, or bullets below the title of a pull request. */
const squashedEntries = (title: string, body: readonly string[]): { text: string; body: string[] }[] => {
  const groups: { text: string; body: string[] }[] = [];
  for (const line of body) {
    const [, text] = line.match(bullet) ?? [];
    if (text !== undefined && !/^\s{2,}/.test(line)) groups.push({ text, body: [] });
    else groups.at(-1)?.body.push(line);
  }
  const conventional = groups.filter(({ text }) => readConventional(text));
  if (conventional.length >= 2 || (conventional.length === 1 && groups.length === 1)) return conventional;
  const isPullRequest = /\(#\d+\)\s*$/.test(title) && body.some((line) => /^\* /.test(line));
  return isPullRequest && groups.length >= 2 ? groups.filter(({ text }) => !noise.test(text.trim())) : [];
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
  const conventional = readConventional(title) !== undefined;
  if (title === '' || merge.test(title) || unfinished.test(title))
    return { entries: [], coAuthors, conventional };
  const reverts = readRevert(title, body);
  const squashed = squashedEntries(title, body);
  const listed = squashed.length > 0 ? squashed : [{ text: title, body }];
  const shared = squashed.length > 0 ? readReferences(title) : [];
  const entries = listed.flatMap(({ text, body: lines }) => {
    const entry = createEntry(text, lines, paths);
    return entry ? [{ ...entry, references: [...entry.references, ...shared] }] : [];
  });
  return { entries, coAuthors, conventional, ...(reverts ? { reverts } : {}) };
};
