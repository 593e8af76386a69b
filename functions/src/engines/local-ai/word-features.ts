import type { FeatureList } from './feature-list.ts';
import { FeatureGroup } from './feature-list.ts';
import { hashPair, hashStep, hashString } from './hashing.ts';
import { CLASS_OF } from './lexicon.ts';
import type { MeaningHits } from './meaning-hits.ts';
import { READ_LIMIT } from './text-folding.ts';
import { numberValue } from './time-expressions.ts';
import type { TokenStream } from './tokenizer.ts';
import { TokenKind } from './tokenizer.ts';

const SALT = {
  word: hashString('word'),
  pair: hashString('pair'),
  triple: hashString('triple'),
  skip: hashString('skip'),
  negated: hashString('negated'),
  first: hashString('first'),
  last: hashString('last'),
  letters: hashString('letters'),
  number: hashString('number'),
};
const DAY = hashString('#day');
const MONTH = hashString('#month');
const EDGE_TOKENS = 3;
const SHORTEST_GRAM = 2;
const LONGEST_GRAM = 5;
const BOUNDARY = 95;

/** Numbers count by their size alone, so that an unseen order number looks like a seen one. */
function numberShape(value: number): number {
  if (value <= 1) return value;
  if (value <= 12) return 2;
  if (value <= 24) return 3;
  if (value < 100) return 4;
  if (value >= 1990 && value < 2040) return 5;
  if (value < 1000) return 6;
  return value < 10000 ? 7 : 8;
}

/** Emits words, their neighbours, negated words, the words at both ends, and letter n-grams inside words. */
export class WordFeatures {
  readonly #tokens: TokenStream;
  readonly #hits: MeaningHits;
  readonly #list: FeatureList;
  readonly #normal = new Int32Array(READ_LIMIT + 1);

  constructor(tokens: TokenStream, hits: MeaningHits, list: FeatureList) {
    this.#tokens = tokens;
    this.#hits = hits;
    this.#list = list;
  }

  emit(): void {
    this.#normalise();
    this.#emitWords();
    this.#emitPhrases();
    this.#emitEdges();
    this.#emitLetters();
  }

  #normalise(): void {
    for (let token = 0; token < this.#tokens.count; token++) this.#normal[token] = this.#normalHash(token);
  }

  #normalHash(token: number): number {
    if (this.#tokens.kind[token] === TokenKind.number) {
      return SALT.number + numberShape(numberValue(this.#tokens, token));
    }
    if (this.#hits.has(token, CLASS_OF.weekday)) return DAY;
    if (this.#hits.has(token, CLASS_OF.monthName)) return MONTH;
    return this.#tokens.hash[token] as number;
  }

  #emitWords(): void {
    for (let token = 0; token < this.#tokens.count; token++) {
      const hash = this.#normal[token] as number;
      this.#list.add(FeatureGroup.words, hashPair(SALT.word, hash));
      if (this.#hits.isNegated[token] === 1 && this.#tokens.kind[token] === TokenKind.word) {
        this.#list.add(FeatureGroup.places, hashPair(SALT.negated, hash));
      }
    }
  }

  #emitPhrases(): void {
    const { count } = this.#tokens;
    for (let token = 0; token + 1 < count; token++) {
      const first = this.#normal[token] as number;
      const second = this.#normal[token + 1] as number;
      this.#list.add(FeatureGroup.phrases, hashPair(hashPair(SALT.pair, first), second));
      if (token + 2 >= count) continue;
      const third = this.#normal[token + 2] as number;
      this.#list.add(FeatureGroup.phrases, hashPair(hashPair(SALT.skip, first), third));
      this.#list.add(FeatureGroup.phrases, hashPair(hashPair(hashPair(SALT.triple, first), second), third));
    }
  }

  #emitEdges(): void {
    const { count } = this.#tokens;
    for (let token = 0; token < Math.min(EDGE_TOKENS, count); token++) {
      this.#list.add(FeatureGroup.places, hashPair(SALT.first, this.#normal[token] as number));
    }
    for (let token = Math.max(0, count - EDGE_TOKENS); token < count; token++) {
      this.#list.add(FeatureGroup.places, hashPair(SALT.last, this.#normal[token] as number));
    }
  }

  #emitLetters(): void {
    for (let token = 0; token < this.#tokens.count; token++) {
      if (this.#tokens.kind[token] !== TokenKind.word) continue;
      this.#emitGrams(this.#tokens.start[token] as number, this.#tokens.end[token] as number);
    }
  }

  /** All runs of 2 to 5 letters of a word with its boundaries. */
  #emitGrams(start: number, end: number): void {
    const { codes } = this.#tokens;
    for (let from = start - 1; from < end; from++) {
      const last = Math.min(end, from + LONGEST_GRAM - 1);
      let hash = hashStep(SALT.letters, from < start ? BOUNDARY : (codes[from] as number));
      for (let position = from + SHORTEST_GRAM - 1; position <= last; position++) {
        hash = hashStep(hash, position >= end ? BOUNDARY : (codes[position] as number));
        this.#list.add(FeatureGroup.letters, hash);
      }
    }
  }
}
