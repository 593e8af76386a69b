import { type ConventionalHeader, readBreakingNotes, readHeader } from './conventional.ts';

const noise =
  /^(wip|fix(ed)? (typos?|lint|tests?|ci|build)|typos?|lint|format(ting)?|(address|apply) (review|feedback|comments?|suggestions?).*|review (comments|feedback)|update(d)? tests?|cleanup|oops|tmp|merge .*)$/i;
const bullet = /^\s*[*-]\s+(\S.*)$/;

/** Something that a message says was done: its first line, and what stands below. */
export interface Said {
  text: string;
  header: ConventionalHeader | undefined;
  body: string[];
}

/** Entries that a squashed commit lists: conventional bullets, or bullets below the title of a pull request. */
const listedEntries = (title: string, body: readonly string[]): Said[] => {
  if (body.length === 0) return [];
  const groups: Said[] = [];
  for (const line of body) {
    const text = bullet.exec(line)?.[1];
    if (text !== undefined && !/^\s{2,}/.test(line))
      groups.push({ text, header: readHeader(text), body: [] });
    else groups.at(-1)?.body.push(line);
  }
  const conventional = groups.filter(({ header }) => header !== undefined);
  if (conventional.length >= 2 || (conventional.length === 1 && groups.length === 1)) return conventional;
  const isPullRequest = /\(#\d+\)\s*$/.test(title) && body.some((line) => /^\* /.test(line));
  return isPullRequest && groups.length >= 2 ? groups.filter(({ text }) => !noise.test(text.trim())) : [];
};

/** What a squashed commit as a whole is said to break is told of it, and not of what it lists last. */
const withBreakingTitle = (title: Said, listed: readonly Said[]): Said[] => {
  if (!title.header?.breaking || listed.some(({ header }) => header?.breaking)) return [...listed];
  const body = readBreakingNotes(title.body).notes.map((note) => `BREAKING CHANGE: ${note}`);
  const others = listed.map((said) => ({ ...said, body: readBreakingNotes(said.body).rest }));
  return [{ ...title, body }, ...others];
};

/** What a squashed commit says was done, thing by thing; empty when it is none. */
export const squashedEntries = (title: Said): Said[] => {
  const listed = listedEntries(title.text, title.body);
  return listed.length === 0 ? [] : withBreakingTitle(title, listed);
};
