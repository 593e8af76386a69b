import type { Fact } from '../../../protocol/facts.ts';

/** `placeOrder` and `POST /place-orders` are made of the same words. */
const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 2)
      .map((word) => word.replace(/(ing|ed|es|s)$/, '')),
  );

const shares = (one: Set<string>, other: Set<string>): boolean => [...one].some((word) => other.has(word));

interface Worded {
  fact: Fact;
  words: () => Set<string>;
}

/** Words are only looked for where they decide something. */
const withWords = (fact: Fact): Worded => {
  let known: Set<string> | undefined;
  const words = () => {
    known ??= wordsOf(`${fact.subject} ${fact.scope ?? ''}`);
    return known;
  };
  return { fact, words };
};

const byCommit = (facts: readonly Fact[]): Map<string, Worded[]> => {
  const groups = new Map<string, Worded[]>();
  for (const fact of facts) {
    const worded = withWords(fact);
    for (const commit of [fact.commit, ...fact.furtherCommits]) {
      const group = groups.get(commit) ?? [];
      group.push(worded);
      groups.set(commit, group);
    }
  }
  return groups;
};

/** Joins messages with the content of their commits; where a commit says several things, by their words. */
export const relateFacts = (content: readonly Fact[], messages: readonly Fact[]): Fact[] => {
  if (content.length === 0) return [...messages];
  const contentOf = byCommit(content);
  const messagesOf = byCommit(messages);
  const pairs = new Map<string, Set<string>>();
  const join = (one: Fact, other: Fact): void => {
    pairs.set(one.id, (pairs.get(one.id) ?? new Set()).add(other.id));
    pairs.set(other.id, (pairs.get(other.id) ?? new Set()).add(one.id));
  };
  for (const [commit, said] of messagesOf) {
    for (const shown of contentOf.get(commit) ?? []) {
      for (const message of said) {
        if (said.length === 1 || shares(message.words(), shown.words())) join(message.fact, shown.fact);
      }
    }
  }
  return [...content, ...messages].map((fact) => ({
    ...fact,
    related: [...(pairs.get(fact.id) ?? [])].sort(),
  }));
};
