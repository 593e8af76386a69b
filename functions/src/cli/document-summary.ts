import type { Document } from '../protocol/documentation.ts';

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

const endOf = ({ commit, tags }: { commit: string; tags: string[] }): string =>
  tags.at(-1) ?? commit.slice(0, 7);

/** What was found, in a few lines. */
export const documentSummary = (document: Document, output: string | undefined): string => {
  const { stats, range, facts, technicalDocumentation } = document;
  const messages = facts.filter(({ change }) => change === 'stated');
  const kind = (name: string) => messages.filter((fact) => fact.kind === name).length;
  const shown = facts.length - messages.length;
  const ofContent = `${count(shown, 'fact')} ${shown === 1 ? 'comes' : 'come'}`;
  const isEmpty = stats.commits === 0 && range.from !== undefined && range.from.commit !== range.to.commit;
  const beginning = range.shallow ? 'the beginning of this clone' : 'the beginning';
  const from = range.from === undefined ? beginning : endOf(range.from);
  const kinds = [
    count(kind('feature'), 'feature'),
    count(kind('improvement'), 'improvement'),
    count(kind('bug-fix'), 'fix', 'fixes'),
  ];
  return [
    `${count(stats.commits, 'commit')} from ${from} to ${endOf(range.to)}: ${count(stats.facts, 'fact')}, ${count(stats.breaking, 'breaking change')}.`,
    `Messages tell of ${kinds.join(', ')}; ${ofContent} from content.`,
    ...(isEmpty ? ['The second end has no commit that the first one lacks: is --from the older one?'] : []),
    `${count(stats.sentences, 'sentence')}, ${count(technicalDocumentation.migration.length, 'migration note')}.`,
    ...(stats.conflicts.length > 0
      ? [`${count(stats.conflicts.length, 'message')} and content disagree: see stats.conflicts.`]
      : []),
    ...(stats.unresolved.length > 0
      ? [`${count(stats.unresolved.length, 'thing')} could not be analysed: see stats.unresolved.`]
      : []),
    ...(output === undefined ? [] : [`Written to ${output}.`]),
  ].join('\n');
};
