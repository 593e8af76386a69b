import { hashPair, hashStep, hashString } from './hashing.ts';
import type { WordClass } from './lexicon.ts';
import { CLASS_OF, Lexicon, WORD_CLASSES } from './lexicon.ts';
import { READ_LIMIT } from './text-folding.ts';
import { numberValue, TIME_EXPRESSIONS, TimeReader } from './time-expressions.ts';
import { TokenKind, TokenStream } from './tokenizer.ts';

/** Families of features; each is normalised to length one by itself. */
export const FeatureGroup = {
  words: 0,
  phrases: 1,
  places: 2,
  letters: 3,
  meaning: 4,
  company: 5,
  whole: 6,
  shape: 7,
} as const;
export const GROUP_COUNT = 8;

const CAPACITY = READ_LIMIT * 12;
const MAX_HITS = 600;
const NEGATION_REACH = 4;
const SHORTEST_GRAM = 2;
const LONGEST_GRAM = 5;
const BOUNDARY = 95;

const SALT = {
  word: hashString('word'),
  pair: hashString('pair'),
  triple: hashString('triple'),
  skip: hashString('skip'),
  negated: hashString('negated'),
  first: hashString('first'),
  last: hashString('last'),
  letters: hashString('letters'),
  meaning: hashString('meaning'),
  together: hashString('together'),
  whole: hashString('whole'),
  opening: hashString('opening'),
  closing: hashString('closing'),
  shape: hashString('shape'),
  beside: hashString('beside'),
  turn: hashString('turn'),
};
const DAY = hashString('#day');
const MONTH = hashString('#month');
const HIT_KINDS = WORD_CLASSES.length + TIME_EXPRESSIONS.length;
const NEGATED_KIND = 512;
const KIND_HASH = Int32Array.from({ length: NEGATED_KIND * 2 }, (_, kind) => hashString(`kind${kind}`));
const SILENT = new Set<number>([
  CLASS_OF.negator,
  CLASS_OF.timeAt,
  CLASS_OF.numberWord,
  CLASS_OF.clockWord,
  CLASS_OF.minute,
  CLASS_OF.hour,
]);

function numberShape(value: number): number {
  if (value <= 1) return value;
  if (value <= 12) return 2;
  if (value <= 24) return 3;
  if (value < 100) return 4;
  if (value >= 1990 && value < 2040) return 5;
  if (value < 1000) return 6;
  return value < 10000 ? 7 : 8;
}

/**
 * Turns a text into hashed features: words and their neighbours, letter n-grams inside words, word classes with
 * negation, place and company, time expressions, and the outer shape of the text. Reused; not reentrant.
 */
export class FeatureExtractor {
  readonly tokens = new TokenStream();
  readonly hashes = new Int32Array(CAPACITY);
  readonly groups = new Uint8Array(CAPACITY);
  count = 0;
  readonly #lexicon = new Lexicon();
  readonly #classBits = new Uint8Array((READ_LIMIT + 1) * WORD_CLASSES.length);
  readonly #normal = new Int32Array(READ_LIMIT + 1);
  readonly #isNegated = new Uint8Array(READ_LIMIT + 1);
  readonly #hitKind = new Uint16Array(MAX_HITS);
  readonly #hitToken = new Uint16Array(MAX_HITS);
  #hits = 0;
  readonly #kindSeen = new Uint8Array(NEGATED_KIND * 2);
  readonly #times = new TimeReader(this.tokens, {
    has: (token, wordClass) => this.#hasClass(token, wordClass),
  });

  extract(text: string): void {
    this.count = 0;
    this.#hits = 0;
    this.tokens.read(text);
    this.#classBits.fill(0, 0, this.tokens.count * WORD_CLASSES.length);
    this.#findMeaning();
    this.#emitWords();
    this.#emitLetters();
    this.#emitMeaning();
    this.#emitShape(text);
  }

  /** The word classes that the last text held. */
  classesFound(): Set<WordClass> {
    const size = this.tokens.count * WORD_CLASSES.length;
    return new Set(
      WORD_CLASSES.filter((_, index) =>
        this.#classBits
          .subarray(0, size)
          .some((bit, place) => bit === 1 && place % WORD_CLASSES.length === index),
      ),
    );
  }

  #emit(group: number, hash: number): void {
    if (this.count >= CAPACITY) return;
    this.hashes[this.count] = hash;
    this.groups[this.count++] = group;
  }

  #hasClass(token: number, wordClass: number): boolean {
    return this.#classBits[token * WORD_CLASSES.length + wordClass] === 1;
  }

  #addHit(kind: number, token: number): void {
    if (this.#hits >= MAX_HITS) return;
    this.#hitKind[this.#hits] = kind;
    this.#hitToken[this.#hits++] = token;
  }

  #findMeaning(): void {
    this.#lexicon.scan(this.tokens, (wordClass, from, to) => {
      for (let token = from; token <= to; token++)
        this.#classBits[token * WORD_CLASSES.length + wordClass] = 1;
      if (!SILENT.has(wordClass)) this.#addHit(wordClass, from);
    });
    this.#markNegation();
    this.#times.scan((expression, token) =>
      this.#addHit(WORD_CLASSES.length + TIME_EXPRESSIONS.indexOf(expression), token),
    );
  }

  #markNegation(): void {
    let reach = 0;
    let clause = -1;
    for (let token = 0; token < this.tokens.count; token++) {
      if (this.tokens.clause[token] !== clause) reach = 0;
      clause = this.tokens.clause[token] as number;
      this.#isNegated[token] = reach > 0 ? 1 : 0;
      if (reach > 0) reach--;
      if (this.#hasClass(token, CLASS_OF.negator)) reach = NEGATION_REACH;
    }
  }

  #normalise(): void {
    for (let token = 0; token < this.tokens.count; token++) {
      let hash = this.tokens.hash[token] as number;
      if (this.tokens.kind[token] === TokenKind.number)
        hash = SALT.shape + numberShape(numberValue(this.tokens, token));
      else if (this.#hasClass(token, CLASS_OF.weekday)) hash = DAY;
      else if (this.#hasClass(token, CLASS_OF.monthName)) hash = MONTH;
      this.#normal[token] = hash;
    }
  }

  #emitWords(): void {
    this.#normalise();
    const { count, kind } = this.tokens;
    const normal = this.#normal;
    for (let token = 0; token < count; token++) {
      const hash = normal[token] as number;
      this.#emit(FeatureGroup.words, hashPair(SALT.word, hash));
      if (kind[token] === TokenKind.word && this.#isNegated[token] === 1)
        this.#emit(FeatureGroup.places, hashPair(SALT.negated, hash));
      if (token + 1 < count)
        this.#emit(FeatureGroup.phrases, hashPair(hashPair(SALT.pair, hash), normal[token + 1] as number));
      if (token + 2 < count) {
        this.#emit(FeatureGroup.phrases, hashPair(hashPair(SALT.skip, hash), normal[token + 2] as number));
        this.#emit(
          FeatureGroup.phrases,
          hashPair(
            hashPair(hashPair(SALT.triple, hash), normal[token + 1] as number),
            normal[token + 2] as number,
          ),
        );
      }
    }
    for (let token = 0; token < Math.min(3, count); token++)
      this.#emit(FeatureGroup.places, hashPair(SALT.first, normal[token] as number));
    for (let token = Math.max(0, count - 3); token < count; token++)
      this.#emit(FeatureGroup.places, hashPair(SALT.last, normal[token] as number));
  }

  #emitLetters(): void {
    for (let token = 0; token < this.tokens.count; token++) {
      if (this.tokens.kind[token] === TokenKind.word)
        this.#emitGrams(this.tokens.start[token] as number, this.tokens.end[token] as number);
    }
  }

  #emitGrams(start: number, end: number): void {
    for (let from = start - 1; from < end; from++) {
      let hash = SALT.letters;
      for (let length = 1; length <= LONGEST_GRAM; length++) {
        const position = from + length - 1;
        if (position > end) break;
        const code = position < start || position >= end ? BOUNDARY : (this.tokens.codes[position] as number);
        hash = hashStep(hash, code);
        if (length >= SHORTEST_GRAM) this.#emit(FeatureGroup.letters, hash);
      }
    }
  }

  #signedKind(hit: number): number {
    const token = this.#hitToken[hit] as number;
    return (this.#hitKind[hit] as number) + (this.#isNegated[token] === 1 ? NEGATED_KIND : 0);
  }

  #emitMeaning(): void {
    this.#kindSeen.fill(0);
    const lastClause = this.tokens.count > 0 ? (this.tokens.clause[this.tokens.count - 1] as number) : 0;
    for (let hit = 0; hit < this.#hits; hit++) {
      const kind = this.#signedKind(hit);
      const token = this.#hitToken[hit] as number;
      const clause = this.tokens.clause[token] as number;
      const hash = KIND_HASH[kind] as number;
      this.#emit(FeatureGroup.meaning, hashPair(SALT.meaning, hash));
      if (token < 4) this.#emit(FeatureGroup.meaning, hashPair(SALT.opening, hash));
      if (clause === lastClause) this.#emit(FeatureGroup.meaning, hashPair(SALT.closing, hash));
      this.#emitCompany(hit, hash, clause);
      this.#kindSeen[kind] = 1;
    }
    this.#emitWhole();
  }

  #emitCompany(hit: number, hash: number, clause: number): void {
    for (let other = hit + 1; other < Math.min(this.#hits, hit + 5); other++) {
      if (this.tokens.clause[this.#hitToken[other] as number] !== clause) break;
      this.#emit(
        FeatureGroup.company,
        hashPair(hashPair(SALT.together, hash), KIND_HASH[this.#signedKind(other)] as number),
      );
    }
  }

  #emitWhole(): void {
    for (let left = 0; left < HIT_KINDS; left++) {
      if (this.#kindSeen[left] === 0) continue;
      for (let right = left + 1; right < HIT_KINDS; right++) {
        if (this.#kindSeen[right] === 1)
          this.#emit(
            FeatureGroup.whole,
            hashPair(hashPair(SALT.whole, KIND_HASH[left] as number), KIND_HASH[right] as number),
          );
      }
    }
  }

  #shape(name: string): void {
    this.#emit(FeatureGroup.shape, hashPair(SALT.shape, hashString(name)));
  }

  #emitShape(text: string): void {
    const { count, letters, capitals } = this.tokens;
    this.#shape('any');
    this.#shape(`length${Math.min(9, Math.floor(Math.log2(count + 1) * 1.5))}`);
    const marks = (mark: string): number => text.slice(0, READ_LIMIT).split(mark).length - 1;
    this.#shape(`exclaims${Math.min(3, marks('!'))}`);
    this.#shape(`asks${Math.min(3, marks('?'))}`);
    this.#shape(`quotes${Math.min(2, marks('"') + marks('\u201c') + marks('\u201e') + marks('\u00ab'))}`);
    if (/[?]\W*$/.test(text.slice(-8))) this.#shape('endsAsking');
    if (letters > 0) this.#shape(`capitals${Math.min(5, Math.ceil((capitals / letters) * 20))}`);
    this.#shape(
      text.length > 0 && text.charAt(0) === text.charAt(0).toLowerCase() ? 'startsSmall' : 'startsLarge',
    );
    this.#shape(`sentences${Math.min(6, marks('. ') + marks('! ') + marks('? '))}`);
  }
}
