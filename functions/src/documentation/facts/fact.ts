import { hash } from 'node:crypto';
import type { Fact, FactReport } from '../../protocol/facts.ts';
import { textSubject } from './surface/text-subject.ts';

/** What a fact is told apart by; when it changes again, it is the same fact with another content. */
export const factId = ({ kind, subject }: Pick<Fact, 'kind' | 'subject'>): string =>
  hash('sha256', `${kind}\n${subject}`, 'hex').slice(0, 16);

/** What this one was called before: another name, or a text that read differently. */
const previousSubject = ({ kind, subject, name, previousName, before, after }: Fact) => {
  if (previousName !== undefined) return subject.replace(name, () => previousName);
  if (kind !== 'ui-text' || before?.type !== 'text' || after?.type !== 'text') return undefined;
  return subject.replace(textSubject(after), () => textSubject(before));
};

/** The fact whose place this one takes; undefined when it is about the same subject as before. */
export const replacedFactId = (fact: Fact): string | undefined => {
  const subject = previousSubject(fact);
  return subject === undefined || subject === fact.subject ? undefined : factId({ kind: fact.kind, subject });
};

/** How far a long run has come. */
export interface FactProgress {
  phase: 'history' | 'content' | 'fusion';
  done: number;
  /** Absent while it is unknown. */
  total?: number;
}

export interface ReadFactsOptions {
  /** The last commit included: a branch, tag or commit id; default HEAD. */
  to?: string | undefined;
  /** A commit whose history is left out: the last release; default: from the beginning. */
  from?: string | undefined;
  /** False: from messages and paths only, which is quicker; default true. */
  content?: boolean | undefined;
  onProgress?: ((progress: FactProgress) => void) | undefined;
  /** Ends the run, which rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/**
 * Reads what changed in a range of commits of one repository; made by `createReadFacts` for a history. The same
 * commits give an equal report. Rejects with a HistoryError (`ports/history.ts`), whose message may be shown, for
 * a reference that is not there or none at all.
 */
export type ReadFacts = (options: ReadFactsOptions) => Promise<FactReport>;
