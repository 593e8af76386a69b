import type { Channel } from '../../protocol/enumerations.ts';
import { nameOf } from './factor-words.ts';
import type { CueName } from './issue-cues.ts';

/** A factor of one channel whose words are made when they are needed. */
export interface Contribution {
  name: string;
  contribution: number;
  value(): string;
}

/** Below this many log-odds a factor is not worth a word. */
const worthSaying = 0.15;
const mostReasons = 3;
const mostReasonsOfAlternative = 2;
/** Said at the head of the sentence, not among the reasons; the base rate says nothing about this issue. */
const notReasons: ReadonlySet<string> = new Set(['category', 'base']);

/** Whoever asks for people does not ask for the assistant, also where the fit lets it speak a little for it. */
const asksForPeople: ReadonlySet<string> = new Set<CueName>([
  'wantsVideo',
  'wantsCall',
  'wantsPerson',
  'wantsSharedScreen',
  'severalPeople',
]);

/** Whether a factor can be put as a reason for or against the channel. */
const isReason = (route: Channel, { name, contribution }: Contribution): boolean =>
  !notReasons.has(name) && !(route === 'ai-chatbot' && contribution > 0 && asksForPeople.has(name));

const joined = (phrases: readonly string[]): string => {
  const last = phrases.at(-1) ?? '';
  return phrases.length < 2 ? last : `${phrases.slice(0, -1).join(', ')} and ${last}`;
};

const capitalised = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

const speakingFor = (route: Channel, contributions: readonly Contribution[], most: number): string[] =>
  contributions
    .filter((factor) => factor.contribution >= worthSaying && isReason(route, factor))
    .slice(0, most)
    .map((factor) => factor.value());

/** One sentence from the largest factors that speak for the channel; they come largest first. */
export const reasoningFor = (route: Channel, contributions: readonly Contribution[]): string => {
  const matter = contributions.find(({ name }) => name === 'category')?.value() ?? 'this';
  const reasons = speakingFor(route, contributions, mostReasons);
  const head = `For ${matter}, ${nameOf(route)} fits best`;
  return reasons.length === 0 ? `${head}.` : `${head} because ${joined(reasons)}.`;
};

/** What speaks for the channel where the largest factor does; otherwise what speaks against it, and what for it. */
export const alternativeReason = (route: Channel, contributions: readonly Contribution[]): string => {
  const largest = contributions.find((factor) => isReason(route, factor));
  const reasons = joined(speakingFor(route, contributions, mostReasonsOfAlternative));
  if (largest === undefined || Math.abs(largest.contribution) < worthSaying) return 'Possible as well.';
  if (largest.contribution > 0) return `${capitalised(reasons)}.`;
  const though = reasons === '' ? '' : `, though ${reasons}`;
  return `Fits less because ${largest.value()}${though}.`;
};
