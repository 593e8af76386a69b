import type { Fact, FactAudience } from '../../../protocol/facts.ts';
import { factId } from '../fact.ts';
import { cleanSentence } from '../messages/clean-text.ts';
import type { MessageEntry } from '../messages/message-entry.ts';
import type { CommitNote } from './commit-note.ts';

const audiencesOf = ({ kind }: MessageEntry, { touchesInterface }: CommitNote): FactAudience[] => {
  if (kind === 'other') return ['developer'];
  return touchesInterface ? ['user'] : ['user', 'developer'];
};

const createFact = (entry: MessageEntry, commit: CommitNote): Fact => {
  const scope = entry.scope ?? commit.scope;
  const subject = `${entry.scope ? `${entry.scope}: ` : ''}${entry.phrase.charAt(0).toLowerCase()}${entry.phrase.slice(1)}`;
  return {
    id: factId({ kind: entry.kind, subject }),
    kind: entry.kind,
    change: 'stated',
    breaking: entry.breaking,
    subject,
    name: entry.phrase,
    ...(scope ? { scope } : {}),
    audiences: audiencesOf(entry, commit),
    differences: [],
    statement: cleanSentence(entry.phrase),
    details: [...entry.details],
    commit: commit.id,
    furtherCommits: [],
    evidence: 'message',
    references: [...entry.references],
    related: [],
  };
};

const mostFurther = 50;

/** Something said twice is one fact, of the commit that said it first. */
const merge = (known: Fact, next: Fact): void => {
  known.breaking ||= next.breaking;
  const isNew = known.commit !== next.commit && known.furtherCommits.length < mostFurther;
  if (isNew) known.furtherCommits.push(next.commit);
  known.details.push(...next.details.filter((detail) => !known.details.includes(detail)));
  known.references.push(
    ...next.references.filter(({ text }) => !known.references.some((reference) => reference.text === text)),
  );
};

/** Facts of what messages say; commits that cancel out say nothing. */
export const messageFacts = (commits: readonly CommitNote[], cancelled: ReadonlySet<number>): Fact[] => {
  const facts = new Map<string, Fact>();
  for (const [position, commit] of commits.entries()) {
    if (cancelled.has(position)) continue;
    for (const entry of commit.reading.entries) {
      const fact = createFact(entry, commit);
      const known = facts.get(fact.id);
      if (known) merge(known, fact);
      else facts.set(fact.id, fact);
    }
  }
  return [...facts.values()];
};
