import { HASH_START, hashPair, hashStep, hashString } from './hashing.ts';
import { ACT_WORDS } from './lexicon/acts.ts';
import { FEELING_WORDS } from './lexicon/feelings.ts';
import { THING_WORDS } from './lexicon/things.ts';
import { TIME_WORDS } from './lexicon/times.ts';
import { foldText } from './text-folding.ts';
import type { TokenStream } from './tokenizer.ts';
import { TokenKind } from './tokenizer.ts';

const WORDS = { ...ACT_WORDS, ...THING_WORDS, ...FEELING_WORDS, ...TIME_WORDS };
export type WordClass = keyof typeof WORDS;
export const WORD_CLASSES = Object.keys(WORDS) as WordClass[];
export const CLASS_OF = Object.fromEntries(WORD_CLASSES.map((name, index) => [name, index])) as Record<
  WordClass,
  number
>;

const SHORTEST_STEM = 3;
const LONGEST_STEM = 12;
const LONGEST_PHRASE = 4;
const FILTER_SIZE = 2 ** 15;

/** Where a hit stands: tokens `from` to `to` (both included) belong to class `wordClass`. */
export type HitHandler = (wordClass: number, from: number, to: number) => void;

function addTo(table: Map<number, number[]>, key: number, wordClass: number): void {
  const classes = table.get(key);
  if (!classes) table.set(key, [wordClass]);
  else if (!classes.includes(wordClass)) classes.push(wordClass);
}

/** Classes of words, stems and phrases, looked up by hash so that no string is made while reading. */
export class Lexicon {
  readonly #words = new Map<number, number[]>();
  readonly #stems = new Map<number, number[]>();
  readonly #phrases = new Map<number, number[]>();
  readonly #phraseStarts = new Map<number, number>();
  /** One byte for the low bits of each stem's hash: most prefixes of most words are no stem. */
  readonly #maybeStem = new Uint8Array(FILTER_SIZE);

  constructor() {
    for (const [wordClass, name] of WORD_CLASSES.entries()) {
      for (const entry of foldText(WORDS[name]).split(/\s+/)) this.#add(entry, wordClass);
    }
  }

  #add(entry: string, wordClass: number): void {
    const parts = entry.split('_');
    if (parts.length > 1) this.#addPhrase(parts, wordClass);
    else if (entry.endsWith('*')) this.#addStem(hashString(entry.slice(0, -1)), wordClass);
    else addTo(this.#words, hashString(entry), wordClass);
  }

  #addStem(hash: number, wordClass: number): void {
    addTo(this.#stems, hash, wordClass);
    this.#maybeStem[hash & (FILTER_SIZE - 1)] = 1;
  }

  #addPhrase(parts: string[], wordClass: number): void {
    const hashes = parts.map(hashString);
    const first = hashes[0] as number;
    addTo(this.#phrases, hashes.slice(1).reduce(hashPair, first), wordClass);
    this.#phraseStarts.set(first, Math.max(this.#phraseStarts.get(first) ?? 0, parts.length));
  }

  scan(tokens: TokenStream, onHit: HitHandler): void {
    for (let index = 0; index < tokens.count; index++) {
      if (tokens.kind[index] === TokenKind.mark) continue;
      this.#hit(this.#words.get(tokens.hash[index] as number), index, index, onHit);
      if (tokens.kind[index] === TokenKind.word) this.#scanStems(tokens, index, onHit);
      this.#scanPhrases(tokens, index, onHit);
    }
  }

  #scanStems(tokens: TokenStream, index: number, onHit: HitHandler): void {
    const start = tokens.start[index] as number;
    const last = Math.min(tokens.end[index] as number, start + LONGEST_STEM);
    let hash = HASH_START;
    for (let position = start; position < last; position++) {
      hash = hashStep(hash, tokens.codes[position] as number);
      if (position - start + 1 < SHORTEST_STEM || this.#maybeStem[hash & (FILTER_SIZE - 1)] === 0) continue;
      this.#hit(this.#stems.get(hash), index, index, onHit);
    }
  }

  #scanPhrases(tokens: TokenStream, index: number, onHit: HitHandler): void {
    const longest = Math.min(this.#phraseStarts.get(tokens.hash[index] as number) ?? 0, LONGEST_PHRASE);
    let hash = tokens.hash[index] as number;
    for (let next = index + 1; next < index + longest && next < tokens.count; next++) {
      hash = hashPair(hash, tokens.hash[next] as number);
      this.#hit(this.#phrases.get(hash), index, next, onHit);
    }
  }

  #hit(classes: number[] | undefined, from: number, to: number, onHit: HitHandler): void {
    if (classes) for (const wordClass of classes) onHit(wordClass, from, to);
  }
}
