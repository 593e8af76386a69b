import type { Unresolved } from '../../../protocol/facts.ts';
import { isBeside } from './file-kind.ts';

/** Languages in which products are written and that no detector reads, by the endings of their files. */
const languages: Record<string, string | undefined> = {
  py: 'Python',
  go: 'Go',
  rs: 'Rust',
  java: 'Java',
  kt: 'Kotlin',
  rb: 'Ruby',
  php: 'PHP',
  cs: 'C#',
  swift: 'Swift',
  dart: 'Dart',
  scala: 'Scala',
  ex: 'Elixir',
  c: 'C',
  h: 'C',
  cc: 'C++',
  cpp: 'C++',
  hpp: 'C++',
  vue: 'Vue',
  svelte: 'Svelte',
  proto: 'Protocol Buffers',
  graphql: 'GraphQL',
};

/** What changed in languages that are not read, an entry for each ending, so that silence is not "no change". */
export const otherLanguages = (paths: readonly string[]): Unresolved[] => {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const ending = /\.(\w+)$/.exec(path)?.[1] ?? '';
    if (languages[ending] !== undefined && !isBeside(path)) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  return [...counts].map(([ending, count]) => ({
    what: 'file',
    subject: `*.${ending}`,
    reason: `${languages[ending]} is not read: of ${count === 1 ? 'the file that changed' : `the ${count} files that changed`} only messages tell.`,
  }));
};
