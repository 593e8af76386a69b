import type { FeatureList } from './feature-list.ts';
import { FeatureGroup } from './feature-list.ts';
import { hashPair, hashString } from './hashing.ts';
import type { TokenStream } from './tokenizer.ts';
import { TokenKind } from './tokenizer.ts';

const SALT = {
  always: hashString('shape always'),
  length: hashString('shape length'),
  exclamations: hashString('shape exclamations'),
  questions: hashString('shape questions'),
  quotes: hashString('shape quotes'),
  lastMark: hashString('shape last mark'),
  capitals: hashString('shape capitals'),
  start: hashString('shape start'),
  sentences: hashString('shape sentences'),
  foreign: hashString('shape foreign script'),
};
const EXCLAMATION = 33;
const QUOTE = 34;
const FULL_STOP = 46;
const QUESTION = 63;

/** Emits how the text looks: length, marks, capitals, sentences, script. */
export class ShapeFeatures {
  readonly #tokens: TokenStream;
  readonly #list: FeatureList;
  readonly #marks = new Uint16Array(128);
  #lastMark = 0;

  constructor(tokens: TokenStream, list: FeatureList) {
    this.#tokens = tokens;
    this.#list = list;
  }

  emit(): void {
    const { count, letters, capitals, foreignLetters, startsSmall } = this.#tokens;
    this.#countMarks();
    const marks = (code: number, most: number): number => Math.min(most, this.#marks[code] as number);
    this.#add(SALT.always, 0);
    this.#add(SALT.length, Math.min(9, Math.floor(Math.log2(count + 1) * 1.5)));
    this.#add(SALT.exclamations, marks(EXCLAMATION, 3));
    this.#add(SALT.questions, marks(QUESTION, 3));
    this.#add(SALT.quotes, marks(QUOTE, 2));
    this.#add(SALT.lastMark, this.#lastMark);
    this.#add(SALT.start, startsSmall ? 1 : 0);
    this.#add(SALT.sentences, Math.min(6, marks(FULL_STOP, 6) + marks(EXCLAMATION, 6) + marks(QUESTION, 6)));
    if (letters > 0) this.#add(SALT.capitals, Math.min(5, Math.ceil((capitals / letters) * 20)));
    if (foreignLetters > letters) for (let share = 0; share < 3; share++) this.#add(SALT.foreign, share);
  }

  #add(salt: number, value: number): void {
    this.#list.add(FeatureGroup.shape, hashPair(salt, value));
  }

  #countMarks(): void {
    this.#marks.fill(0);
    this.#lastMark = 0;
    const { count, kind, codes, start } = this.#tokens;
    for (let token = 0; token < count; token++) {
      if (kind[token] !== TokenKind.mark) continue;
      const code = codes[start[token] as number] as number;
      if (code < 128) (this.#marks[code] as number)++;
      if (token === count - 1) this.#lastMark = code;
    }
  }
}
