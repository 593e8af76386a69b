import type { WordClass } from './lexicon.ts';
import { CLASS_OF, Lexicon, WORD_CLASSES } from './lexicon.ts';
import { READ_LIMIT } from './text-folding.ts';
import { TIME_EXPRESSIONS, TimeReader } from './time-expressions.ts';
import type { TokenStream } from './tokenizer.ts';

const WIDTH = WORD_CLASSES.length;
const MOST_HITS = 600;
const NEGATION_REACH = 4;

/** Kinds of meaning: first the word classes, then the time expressions. */
export const MEANING_KINDS = WIDTH + TIME_EXPRESSIONS.length;

/** Classes that say nothing alone and only serve the time expressions and negation. */
const SILENT = new Set<number>([
  CLASS_OF.negator,
  CLASS_OF.timeAt,
  CLASS_OF.numberWord,
  CLASS_OF.clockWord,
  CLASS_OF.minute,
  CLASS_OF.hour,
]);

/** Finds word classes, negation and time expressions in a token stream. Reused from text to text. */
export class MeaningHits {
  count = 0;
  readonly kind = new Uint16Array(MOST_HITS);
  readonly token = new Uint16Array(MOST_HITS);
  /** 1 for tokens that stand up to four tokens behind a negator in the same clause. */
  readonly isNegated = new Uint8Array(READ_LIMIT + 1);
  readonly #tokens: TokenStream;
  readonly #lexicon = new Lexicon();
  readonly #classes = new Uint8Array((READ_LIMIT + 1) * WIDTH);
  readonly #times: TimeReader;

  constructor(tokens: TokenStream) {
    this.#tokens = tokens;
    this.#times = new TimeReader(tokens, this);
  }

  find(): void {
    this.count = 0;
    this.#classes.fill(0, 0, this.#tokens.count * WIDTH);
    this.#lexicon.scan(this.#tokens, this.#onWord);
    this.#markNegation();
    this.#times.scan(this.#onTime);
  }

  has(token: number, wordClass: number): boolean {
    return this.#classes[token * WIDTH + wordClass] === 1;
  }

  found(): Set<WordClass> {
    const tokens = [...Array(this.#tokens.count).keys()];
    return new Set(WORD_CLASSES.filter((_, wordClass) => tokens.some((token) => this.has(token, wordClass))));
  }

  readonly #onWord = (wordClass: number, from: number, to: number): void => {
    for (let token = from; token <= to; token++) this.#classes[token * WIDTH + wordClass] = 1;
    if (!SILENT.has(wordClass)) this.#add(wordClass, from);
  };

  readonly #onTime = (expression: number, token: number): void => this.#add(WIDTH + expression, token);

  #add(kind: number, token: number): void {
    if (this.count >= MOST_HITS) return;
    this.kind[this.count] = kind;
    this.token[this.count++] = token;
  }

  #markNegation(): void {
    let reach = 0;
    let clause = -1;
    for (let token = 0; token < this.#tokens.count; token++) {
      if (this.#tokens.clause[token] !== clause) reach = 0;
      clause = this.#tokens.clause[token] as number;
      this.isNegated[token] = reach > 0 ? 1 : 0;
      if (reach > 0) reach--;
      if (this.has(token, CLASS_OF.negator)) reach = NEGATION_REACH;
    }
  }
}
