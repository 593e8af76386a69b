import { FeatureExtractor } from '../src/engines/local-ai/features.ts';
import type { WordClass } from '../src/engines/local-ai/lexicon.ts';
import type { LabelledMessage } from './labelled-file.ts';

const SHORT_WORDS = 6;
const CATEGORY_WORDS: Record<string, readonly WordClass[]> = {
  urgent: ['urgentWord'],
  approval: ['approve'],
  revision: ['change'],
  technical: ['fault', 'system'],
};

/** Names the kinds of message that are known to be hard, by rules over labels and word classes. */
export class SliceFinder {
  readonly #features = new FeatureExtractor();

  slicesOf(message: LabelledMessage): string[] {
    this.#features.extract(message.text);
    const words = this.#features.classesFound();
    const rules: [string, boolean][] = [
      [`language ${message.language}`, true],
      ['short', message.text.trim().split(/\s+/).length <= SHORT_WORDS],
      ['negated', words.has('negator')],
      ['misleading keywords', this.#misleads(message, words)],
      ["idle 'urgent'", words.has('urgentWord') && message.category !== 'urgent'],
      ['sarcasm', message.sentiment === 'negative' && (words.has('praise') || words.has('thanks'))],
    ];
    const named = rules.filter(([, holds]) => holds).map(([name]) => name);
    return [...new Set([...named, ...(message.slices ?? [])])];
  }

  #misleads({ category }: LabelledMessage, words: ReadonlySet<WordClass>): boolean {
    const own = CATEGORY_WORDS[category] ?? [];
    const others = Object.entries(CATEGORY_WORDS).filter(([name]) => name !== category);
    return (
      !own.some((name) => words.has(name)) &&
      others.some(([, names]) => names.some((name) => words.has(name)))
    );
  }
}
