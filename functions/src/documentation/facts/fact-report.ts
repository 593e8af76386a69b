import type { ResolvedRange, TaggedCommit } from '../../ports/history.ts';
import type { Fact, FactRange, FactReport, Unresolved } from '../../protocol/facts.ts';
import { orderFacts } from './fusion/fact-order.ts';
import { findConflicts } from './fusion/find-conflicts.ts';
import { messageFacts } from './fusion/message-facts.ts';
import type { HistoryReading } from './fusion/read-history.ts';
import { relateFacts } from './fusion/related-facts.ts';
import { cancelledCommits } from './fusion/reverted-commits.ts';

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const tagsOf = ({ tags }: ResolvedRange, commit: string): string[] =>
  tags.find((tagged) => tagged.commit === commit)?.tags ?? [];

const describeRange = (range: ResolvedRange, { commits }: HistoryReading): FactRange => {
  const tagged = new Map(range.tags.map((tag): [string, TaggedCommit] => [tag.commit, tag]));
  return {
    ...(range.from === undefined ? {} : { from: { commit: range.from, tags: tagsOf(range, range.from) } }),
    to: { commit: range.to, tags: tagsOf(range, range.to) },
    shallow: range.shallow,
    tags: tagged.size === 0 ? [] : commits.flatMap(({ id }) => tagged.get(id) ?? []),
  };
};

const shallowHistory: Unresolved = {
  what: 'history',
  subject: 'shallow clone',
  reason:
    'Earlier commits are missing in this clone, so that nothing tells what its first ones brought: fetch them with `git fetch --unshallow`.',
};

const orderUnresolved = (list: readonly Unresolved[]): Unresolved[] => {
  const place = ({ file = '', line = 0, what, subject, reason }: Unresolved): string =>
    [file, String(line).padStart(8, '0'), what, subject, reason].join('\n');
  const unique = new Map(list.map((found) => [`${place(found)}\n${found.commit ?? ''}`, found]));
  return [...unique].sort(([one], [other]) => compareText(one, other)).map(([, found]) => found);
};

/** Within one report a fact has one identity; should two content facts share it, the first stands for both. */
const uniqueFacts = (facts: readonly Fact[]): Fact[] => [
  ...new Map(facts.toReversed().map((fact) => [fact.id, fact])).values(),
];

const publicKinds = new Set<Fact['kind']>(['api', 'route', 'component', 'configuration', 'flag']);

/** Commits that brought something that others can use. */
const bringing = (shown: readonly Fact[]): ReadonlySet<string> =>
  new Set(
    shown.flatMap(({ kind, change, commit }) =>
      change === 'added' && publicKinds.has(kind) ? [commit] : [],
    ),
  );

/** Joins what messages say with what the content shows. */
export const reportFacts = (
  range: ResolvedRange,
  reading: HistoryReading,
  shown: readonly Fact[],
  unresolved: readonly Unresolved[],
  content: boolean,
): FactReport => {
  const { commits } = reading;
  const cancelled = cancelledCommits(commits);
  const facts = orderFacts(
    relateFacts(uniqueFacts(shown), messageFacts(commits, cancelled, bringing(shown))),
  );
  const conflicts = content ? findConflicts(facts) : [];
  return {
    range: describeRange(range, reading),
    facts,
    conflicts,
    unresolved: orderUnresolved([
      ...(range.shallow ? [shallowHistory] : []),
      ...reading.unresolved,
      ...unresolved,
    ]),
    contributors: [...reading.authors].sort(compareText),
    stats: {
      commits: commits.length,
      merges: commits.filter(({ isMerge }) => isMerge).length,
      reverted: cancelled.size,
      files: reading.touched,
      authors: reading.authors.size,
      conventional: commits.filter((commit) => commit.reading.conventional).length,
      content,
    },
  };
};
