import type { Fact, FactAudience } from '../../../protocol/facts.ts';
import { factId } from '../fact.ts';
import { cleanSentence } from '../messages/clean-text.ts';
import type { MessageEntry } from '../messages/message-entry.ts';
import type { CommitNote } from './commit-note.ts';

const audiencesOf = ({ kind }: MessageEntry, { touchesInterface }: CommitNote): FactAudience[] => {
  if (kind === 'other') return ['developer'];
  return touchesInterface ? ['user'] : ['user', 'developer'];
};

const repair =
  /fix|bug|crash|error|broken|break|regress|corre[ck]t|prevent|avoid|wrong|fail|leak|repair|répar|race|hang|issue|behob|korrig/i;

/** A message that names no kind and no repair, of a commit that brought something public, tells of a feature. */
const withShown = (entry: MessageEntry, brings: boolean): MessageEntry =>
  brings && entry.kind === 'bug-fix' && !entry.conventional && !repair.test(entry.phrase)
    ? { ...entry, kind: 'feature' }
    : entry;

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

/** What a fact tells and names already. */
interface Told {
  details: Set<string>;
  references: Set<string>;
}

const toldBy = ({ details, references }: Fact): Told => ({
  details: new Set(details),
  references: new Set(references.map(({ text }) => text)),
});

/** Something said twice is one fact, of the commit that said it first. */
const merge = (known: Fact, told: Told, next: Fact): void => {
  known.breaking ||= next.breaking;
  const isNew = known.commit !== next.commit && known.furtherCommits.length < mostFurther;
  if (isNew) known.furtherCommits.push(next.commit);
  const details = next.details.filter((detail) => !told.details.has(detail));
  const references = next.references.filter(({ text }) => !told.references.has(text));
  known.details.push(...details);
  known.references.push(...references);
  for (const detail of details) told.details.add(detail);
  for (const { text } of references) told.references.add(text);
};

/** Facts of what messages say; commits that cancel out say nothing. */
export const messageFacts = (
  commits: readonly CommitNote[],
  cancelled: ReadonlySet<number>,
  bringing: ReadonlySet<string>,
): Fact[] => {
  const facts = new Map<string, Fact>();
  // Only of what is said again: some things are said in every commit.
  const repeated = new Map<Fact, Told>();
  for (const [position, commit] of commits.entries()) {
    if (cancelled.has(position)) continue;
    for (const entry of commit.reading.entries) {
      const fact = createFact(withShown(entry, bringing.has(commit.id)), commit);
      const known = facts.get(fact.id);
      if (known === undefined) {
        facts.set(fact.id, fact);
        continue;
      }
      const told = repeated.get(known) ?? toldBy(known);
      repeated.set(known, told);
      merge(known, told, fact);
    }
  }
  return [...facts.values()];
};
