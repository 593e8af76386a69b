import { type FileChange, type HistoryCommit, unnamedContent } from '../../ports/history.ts';
import { readRawEntry } from './raw-entry.ts';
import { decodeText, isAscii } from './text-decoding.ts';

/**
 * What `git log -z` prints of each commit. With the zero byte that ends what was before, three stand in front of it,
 * and nowhere else: no part of a commit is empty, and what a merge changed is set off by one more.
 */
export const commitFormat = 'tformat:%x00%x00%H%n%P%n%aN%n%B';

type ReadEntry = (entry: string, path: string) => FileChange;

/** Reads a letter of `git log --name-status`; of a merge there is one for each parent, the first one counts. */
const readStatus: ReadEntry = (status, path) => {
  const change: FileChange = { path, kind: 'file' };
  if (!status.startsWith('A')) change.before = unnamedContent;
  if (!status.startsWith('D')) change.after = unnamedContent;
  return change;
};

/** Where the character stands from `from` on, or where the text ends. */
const endAt = (text: string, character: string, from: number): number => {
  const at = text.indexOf(character, from);
  return at < 0 ? text.length : at;
};

/** Pairs of an entry and its path; one byte stands before the first. */
const readChanges = (record: string, from: number, readEntry: ReadEntry): FileChange[] => {
  const changes: FileChange[] = [];
  const ascii = isAscii(record);
  for (let at = from + 1; at < record.length; ) {
    const entryEnd = endAt(record, '\0', at);
    const pathEnd = endAt(record, '\0', entryEnd + 1);
    const path = record.slice(entryEnd + 1, pathEnd);
    changes.push(readEntry(record.slice(at, entryEnd), ascii ? path : decodeText(path).text));
    at = pathEnd + 1;
  }
  return changes;
};

/** Reads a commit as `commitFormat` and `--raw`, or `--name-status`, tell of it. */
export const readCommitRecord = (text: string, { contents }: { contents: boolean }): HistoryCommit => {
  // Nothing was before the first one, so that its zero bytes are not a separator.
  const record = text.startsWith('\0') ? text.slice(2) : text;
  const idEnd = endAt(record, '\n', 0);
  const parentsEnd = endAt(record, '\n', idEnd + 1);
  const authorEnd = endAt(record, '\n', parentsEnd + 1);
  const messageEnd = endAt(record, '\0', authorEnd + 1);
  const message = decodeText(record.slice(authorEnd + 1, messageEnd));
  return {
    id: record.slice(0, idEnd),
    parents: parentsEnd === idEnd + 1 ? [] : record.slice(idEnd + 1, parentsEnd).split(' '),
    author: decodeText(record.slice(parentsEnd + 1, authorEnd)).text,
    message: message.text,
    guessedEncoding: message.guessed,
    changes: readChanges(record, messageEnd + 1, contents ? readRawEntry : readStatus),
  };
};
