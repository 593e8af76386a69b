import type { Fact, FactConflict } from '../../../protocol/facts.ts';

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

const listed = (facts: readonly Fact[]): string => {
  const names = facts.slice(0, mostNames).map(({ name }) => `\`${name}\``);
  const rest = facts.length - names.length;
  const last = rest > 0 ? `${rest} more` : names.pop();
  return names.length === 0 ? (last ?? '') : `${names.join(', ')} and ${last}`;
};

const is = (facts: readonly Fact[]): string => (facts.length === 1 ? 'is' : 'are');

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
  return conflict('fix-removes-public', group, gone, `${listed(gone)} ${is(gone)} gone.`);
};

const unannounced = (group: CommitFacts): FactConflict[] => {
  const isAnnounced = group.messages.some(({ breaking }) => breaking);
  const breaking = isAnnounced ? [] : group.content.filter((fact) => fact.breaking);
  const change = breaking.length === 1 ? 'The change' : 'The changes';
  return conflict(
    'unannounced-breaking',
    group,
    breaking,
    `${change} of ${listed(breaking)} can break those who use ${breaking.length === 1 ? 'it' : 'them'}.`,
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
    return conflict(
      'message-contradicts-change',
      group,
      against,
      `${listed(against)} ${is(against)} ${wrong}.`,
    );
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
