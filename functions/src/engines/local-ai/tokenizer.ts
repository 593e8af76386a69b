import { HASH_START, hashStep } from './hashing.ts';
import { CharacterKind, foldCode, kindOf, READ_LIMIT } from './text-folding.ts';

export const TokenKind = { word: 1, number: 2, mark: 3, emoji: 4 } as const;

const APOSTROPHE = 39;
const HYPHEN = 45;
const VARIATION_SELECTOR = 0xfe0f;
const ZERO_WIDTH_JOINER = 0x200d;
const FIRST_FOREIGN = 0x370;
const ELISIONS = new Set(['l', 'd', 'j', 'n', 's', 'c', 'm', 't', 'qu']);
const CLAUSE_MARKS = new Set([...'.,;:!?()-\u00a1\u00bf\u2026\n'].map((mark) => mark.charCodeAt(0)));

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

/**
 * The words, numbers, marks and emoji of one text, as parallel arrays that are reused from text to text.
 * Words are folded; an apostrophe inside a word is dropped (don't = dont), French elisions are split (l'encre = l encre).
 */
export class TokenStream {
  readonly codes = new Uint16Array(READ_LIMIT + 1);
  length = 0;
  count = 0;
  readonly hash = new Int32Array(READ_LIMIT + 1);
  readonly kind = new Uint8Array(READ_LIMIT + 1);
  readonly start = new Uint16Array(READ_LIMIT + 1);
  readonly end = new Uint16Array(READ_LIMIT + 1);
  /** Index of the clause a token stands in; a mark that ends a clause belongs to it. */
  readonly clause = new Uint16Array(READ_LIMIT + 1);
  capitals = 0;
  letters = 0;
  /** Letters of other than Latin scripts. */
  foreignLetters = 0;
  startsSmall = false;
  #text = '';

  read(text: string): void {
    this.#text = text;
    this.length = Math.min(text.length, READ_LIMIT);
    this.#fold();
    this.count = 0;
    let position = 0;
    let clause = 0;
    while (position < this.length) {
      const first = this.count;
      position = this.#readToken(position);
      if (this.count === first) continue;
      this.clause[first] = clause;
      if (
        this.kind[first] === TokenKind.mark &&
        CLAUSE_MARKS.has(this.codes[this.start[first] as number] as number)
      )
        clause++;
    }
  }

  #fold(): void {
    this.capitals = 0;
    this.letters = 0;
    this.foreignLetters = 0;
    for (let index = 0; index < this.length; index++) {
      const code = this.#text.charCodeAt(index);
      const folded = foldCode(code);
      this.codes[index] = folded;
      if (folded >= FIRST_FOREIGN && kindOf(folded) === CharacterKind.letter) this.foreignLetters++;
      if (folded < 97 || folded > 122) continue;
      this.letters++;
      if (code >= 65 && code <= 90) this.capitals++;
    }
    this.codes[this.length] = 32;
    this.startsSmall = this.length > 0 && this.#text.charCodeAt(0) === this.codes[0];
  }

  #readToken(position: number): number {
    const code = this.codes[position] as number;
    const kind = kindOf(code);
    if (code === 10) return this.#push(TokenKind.mark, position, position + 1);
    if (kind === CharacterKind.space) return position + 1;
    if (kind === CharacterKind.letter) return this.#readWord(position);
    if (kind === CharacterKind.digit) return this.#readNumber(position);
    if (kind === CharacterKind.symbol) return this.#readSymbol(position);
    return this.#readMark(position);
  }

  #readWord(start: number): number {
    let position = start;
    while (position < this.length) {
      const code = this.codes[position] as number;
      const continues =
        kindOf(code) === CharacterKind.letter ||
        (code === APOSTROPHE && this.#apostropheJoins(start, position));
      if (!continues) break;
      position++;
    }
    this.#push(TokenKind.word, start, position);
    return this.codes[position] === APOSTROPHE ? position + 1 : position;
  }

  #apostropheJoins(start: number, position: number): boolean {
    if (kindOf(this.codes[position + 1] as number) !== CharacterKind.letter) return false;
    if (position - start > 2) return true;
    return !ELISIONS.has(String.fromCharCode(...this.codes.subarray(start, position)));
  }

  #readNumber(start: number): number {
    let position = start + 1;
    while (position < this.length) {
      const code = this.codes[position] as number;
      const joins = code === 46 || code === 44 || code === 58 || code === 47;
      const continues =
        kindOf(code) === CharacterKind.digit ||
        (joins && kindOf(this.codes[position + 1] as number) === CharacterKind.digit);
      if (!continues) break;
      position++;
    }
    return this.#push(TokenKind.number, start, position);
  }

  #readSymbol(start: number): number {
    const code = this.codes[start] as number;
    if (code === VARIATION_SELECTOR || code === ZERO_WIDTH_JOINER) return start + 1;
    const isPair = isHighSurrogate(code) && start + 1 < this.length;
    return this.#push(
      code === 0x2026 || code === 0x20ac ? TokenKind.mark : TokenKind.emoji,
      start,
      start + (isPair ? 2 : 1),
    );
  }

  #readMark(start: number): number {
    const code = this.codes[start] as number;
    const insideWord =
      code === HYPHEN &&
      start > 0 &&
      kindOf(this.codes[start - 1] as number) === CharacterKind.letter &&
      kindOf(this.codes[start + 1] as number) === CharacterKind.letter;
    return insideWord ? start + 1 : this.#push(TokenKind.mark, start, start + 1);
  }

  #push(kind: number, start: number, end: number): number {
    const index = this.count++;
    let hash = HASH_START;
    for (let position = start; position < end; position++) {
      const code = this.codes[position] as number;
      if (code !== APOSTROPHE || kind !== TokenKind.word) hash = hashStep(hash, code);
    }
    this.hash[index] = hash;
    this.kind[index] = kind;
    this.start[index] = start;
    this.end[index] = end;
    return end;
  }
}
