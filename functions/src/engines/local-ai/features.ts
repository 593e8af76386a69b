import { FeatureList } from './feature-list.ts';
import type { WordClass } from './lexicon.ts';
import { MeaningFeatures } from './meaning-features.ts';
import { MeaningHits } from './meaning-hits.ts';
import { ShapeFeatures } from './shape-features.ts';
import { TokenStream } from './tokenizer.ts';
import { WordFeatures } from './word-features.ts';

/**
 * Turns a text into hashed features: words and their neighbours, letter n-grams inside words, word classes with
 * negation, place and company, time expressions, and the outer shape of the text. Reused; not reentrant.
 */
export class FeatureExtractor {
  readonly list = new FeatureList();
  readonly #tokens = new TokenStream();
  readonly #hits = new MeaningHits(this.#tokens);
  readonly #words = new WordFeatures(this.#tokens, this.#hits, this.list);
  readonly #meaning = new MeaningFeatures(this.#tokens, this.#hits, this.list);
  readonly #shape = new ShapeFeatures(this.#tokens, this.list);

  extract(text: string): FeatureList {
    this.list.clear();
    this.#tokens.read(text);
    this.#hits.find();
    this.#words.emit();
    this.#meaning.emit();
    this.#shape.emit();
    return this.list;
  }

  /** The word classes that the last text held. */
  classesFound(): Set<WordClass> {
    return this.#hits.found();
  }
}
