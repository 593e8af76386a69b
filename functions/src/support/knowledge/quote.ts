import { type Passage, passagesOf } from './article-passages.ts';
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

/** As many of the best as fit, at least one. */
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

/**
 * What an article says to an issue, in the article's own sentences and order: its first sentence, then the steps
 * and notes that share the most words with the issue; steps alone when it shares none, as another language does.
 */
export const quoteFor = (issue: string, body: string): string => {
  const wanted = searchTermsIn(issue);
  const [lead, ...others] = passagesOf(body);
  if (lead === undefined) return '';
  const helpful = ranked(others, wanted).filter(({ value }) => value > 0);
  const chosen = fitting(helpful, longestQuote - lead.text.length).sort((a, b) => a.place - b.place);
  return [lead.text, ...chosen.map(({ passage }) => passage.text)].join(' ');
};
