import type { Passage } from './article-passages.ts';
import { searchTermsIn } from './search-words.ts';

const mostPassages = 4;
const longestQuote = 700;

const sharedTerms = (passage: Passage, wanted: ReadonlySet<string>): number => {
  let shared = 0;
  for (const term of searchTermsIn(passage.text)) if (wanted.has(term)) shared += 1;
  return shared;
};

/** How much a passage helps: steps are to be done, notes explain; the words of the issue decide. */
const kindWeight = { lead: 0, step: 1, note: 0 } as const;

interface Ranked {
  passage: Passage;
  place: number;
  value: number;
}

const ranked = (passages: readonly Passage[], wanted: ReadonlySet<string>): Ranked[] =>
  passages
    .map((passage, place) => ({
      passage,
      place,
      value: 2 * sharedTerms(passage, wanted) + kindWeight[passage.kind],
    }))
    .sort((left, right) => right.value - left.value || left.place - right.place);

/** As many of the best as fit. */
const fitting = (candidates: readonly Ranked[], room: number): Ranked[] => {
  const chosen: Ranked[] = [];
  let left = room;
  for (const candidate of candidates.slice(0, mostPassages)) {
    const length = candidate.passage.text.length + 1;
    if (length > left) continue;
    chosen.push(candidate);
    left -= length;
  }
  return chosen;
};

/** What a quote can be made of. */
export interface Quotable {
  /** Said first, whatever the issue is: how an article begins. */
  lead?: Passage;
  others: readonly Passage[];
}

/**
 * What an article or a document says to an issue, in its own sentences and order: how it begins, then the steps and
 * notes that share the most words with the issue; steps alone when it shares none, as another language does.
 */
export const quoteFor = (issue: string, { lead, others }: Quotable): string => {
  const candidates = ranked(others, searchTermsIn(issue));
  const helpful = candidates.filter(({ value }) => value > 0);
  const found = fitting(helpful, longestQuote - (lead?.text.length ?? 0));
  const chosen = found.length === 0 && lead === undefined ? candidates.slice(0, 1) : found;
  const passages = chosen.sort((a, b) => a.place - b.place).map(({ passage }) => passage);
  return (lead === undefined ? passages : [lead, ...passages]).map(({ text }) => text).join(' ');
};
