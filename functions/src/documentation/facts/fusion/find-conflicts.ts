import type { Fact, FactConflict } from '../../../protocol/facts.ts';
import { listed } from '../../listed.ts';

interface CommitFacts {
  commit: string;
  content: Fact[];
  messages: Fact[];
}

const groupByCommit = (facts: readonly Fact[]): CommitFacts[] => {
  const groups = new Map<string, CommitFacts>();
  for (const fact of facts) {
    const group = groups.get(fact.commit) ?? { commit: fact.commit, content: [], messages: [] };
    (fact.evidence === 'message' ? group.messages : group.content).push(fact);
    groups.set(fact.commit, group);
  }
  return [...groups.values()];
};

const mostNames = 3;

/** A default export may have the name of another one. */
const namesOf = (facts: readonly Fact[], nameOf: (fact: Fact) => string): string[] => [
  ...new Set(facts.map((fact) => `\`${nameOf(fact)}\``)),
];

const named = (names: readonly string[]): string => {
  const rest = names.length - mostNames;
  return listed([...names.slice(0, mostNames), ...(rest > 0 ? [`${rest} more`] : [])]);
};

const is = (names: readonly string[]): string => (names.length === 1 ? 'is' : 'are');

const nameNow = ({ name }: Fact): string => name;
const nameBefore = ({ previousName, name }: Fact): string => previousName ?? name;

const said = (messages: readonly Fact[]): string =>
  messages.map(({ statement }) => statement ?? '').join(' ') || 'Nothing that can be read.';

const conflict = (
  kind: FactConflict['kind'],
  group: CommitFacts,
  facts: readonly Fact[],
  content: string,
): FactConflict[] =>
  facts.length === 0
    ? []
    : [
        {
          kind,
          commit: group.commit,
          message: said(group.messages),
          content,
          facts: facts.map(({ id }) => id).sort(),
        },
      ];

const isGone = ({ change }: Fact): boolean => change === 'removed' || change === 'renamed';

const fixRemoves = (group: CommitFacts): FactConflict[] => {
  const isFix = group.messages.length > 0 && group.messages.every(({ kind }) => kind === 'bug-fix');
  const gone = isFix ? group.content.filter((fact) => fact.breaking && isGone(fact)) : [];
  const names = namesOf(gone, nameBefore);
  return conflict('fix-removes-public', group, gone, `${named(names)} ${is(names)} gone.`);
};

const unannounced = (group: CommitFacts): FactConflict[] => {
  const isAnnounced = group.messages.some(({ breaking }) => breaking);
  const breaking = isAnnounced ? [] : group.content.filter((fact) => fact.breaking);
  const names = namesOf(breaking, nameNow);
  const [change, what] = names.length === 1 ? ['The change', 'it'] : ['The changes', 'them'];
  return conflict(
    'unannounced-breaking',
    group,
    breaking,
    `${change} of ${named(names)} can break those who use ${what}.`,
  );
};

const notFound = (group: CommitFacts): FactConflict[] => {
  const announced = group.messages.filter(({ breaking }) => breaking);
  const isShown = group.content.some(({ breaking }) => breaking);
  return conflict(
    'announced-but-not-found',
    group,
    isShown ? [] : announced,
    'No breaking change shows in what was read.',
  );
};

const opposite: [RegExp, Fact['change']][] = [
  [/^(add|adds|added|introduce[sd]?|create[sd]?)\b/i, 'removed'],
  [/^(remove[sd]?|drop|drops|dropped|delete[sd]?)\b/i, 'added'],
];

/** The name stands in the sentence as a word of its own. */
const names = (sentence: string, { name }: Fact): boolean =>
  name.length > 2 && ` ${sentence.replace(/[`'"(),.;]/g, ' ')} `.includes(` ${name} `);

const contradicts = (group: CommitFacts): FactConflict[] =>
  group.messages.flatMap((message) => {
    const sentence = message.statement ?? '';
    const wrong = opposite.find(([verb]) => verb.test(sentence))?.[1];
    const against = group.content.filter((fact) => fact.change === wrong && names(sentence, fact));
    const known = namesOf(against, nameNow);
    return conflict('message-contradicts-change', group, against, `${named(known)} ${is(known)} ${wrong}.`);
  });

/** Where messages and content of commits say different things; content is believed. */
export const findConflicts = (facts: readonly Fact[]): FactConflict[] =>
  groupByCommit(facts).flatMap((group) => {
    const removed = fixRemoves(group);
    return [
      ...removed,
      ...(removed.length > 0 ? [] : unannounced(group)),
      ...notFound(group),
      ...contradicts(group),
    ];
  });
