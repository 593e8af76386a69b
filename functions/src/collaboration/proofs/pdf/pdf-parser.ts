import { PdfName, PdfReference, type PdfValue } from './pdf-value.ts';

/** The text ended before the value did: read more of the file, if there is more. */
export class PdfTextEnded extends Error {}
/** The text is not what a PDF may have here. */
export class PdfSyntaxError extends Error {}

/** Lists and dictionaries inside each other. */
const deepest = 64;

const isSpace = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13) || byte === 0;
const delimiters = new Set(Buffer.from('()<>[]{}/%'));
const isRegular = (byte: number): boolean => !isSpace(byte) && !delimiters.has(byte);
const code = (character: string): number => character.charCodeAt(0);

/** Reads values from a piece of a PDF (ISO 32000-1, section 7.3). Never looks behind the end of the piece. */
export class PdfParser {
  readonly #text: Buffer;
  #at: number;

  constructor(text: Buffer, at = 0) {
    this.#text = text;
    this.#at = at;
  }

  get position(): number {
    return this.#at;
  }

  /** The next word of regular characters; empty before a delimiter. */
  word(): string {
    this.#skipSpace();
    const start = this.#at;
    while (isRegular(this.#peek())) this.#at += 1;
    return this.#text.toString('latin1', start, this.#at);
  }

  /** A word that must be a whole number. */
  count(): number {
    const word = this.word();
    if (!/^\d{1,10}$/.test(word)) throw new PdfSyntaxError();
    return Number(word);
  }

  expect(word: string): void {
    if (this.word() !== word) throw new PdfSyntaxError();
  }

  value(depth = 0): PdfValue {
    if (depth > deepest) throw new PdfSyntaxError();
    this.#skipSpace();
    switch (this.#peek()) {
      case code('/'):
        return this.#name();
      case code('['):
        return this.#list(depth);
      case code('<'):
        return this.#text[this.#at + 1] === code('<') ? this.#dictionary(depth) : this.#passHexText();
      case code('('):
        return this.#passText();
      default:
        return this.#scalar();
    }
  }

  #peek(): number {
    const byte = this.#text[this.#at];
    if (byte === undefined) throw new PdfTextEnded();
    return byte;
  }

  #skipSpace(): void {
    for (;;) {
      while (isSpace(this.#peek())) this.#at += 1;
      if (this.#peek() !== code('%')) return;
      while (this.#peek() !== 10 && this.#peek() !== 13) this.#at += 1;
    }
  }

  #name(): PdfName {
    this.#at += 1;
    const start = this.#at;
    while (isRegular(this.#peek())) this.#at += 1;
    const written = this.#text.toString('latin1', start, this.#at);
    return new PdfName(
      written.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    );
  }

  #list(depth: number): PdfValue[] {
    this.#at += 1;
    const items: PdfValue[] = [];
    for (;;) {
      this.#skipSpace();
      if (this.#peek() === code(']')) break;
      items.push(this.value(depth + 1));
    }
    this.#at += 1;
    return items;
  }

  #dictionary(depth: number): Map<string, PdfValue> {
    this.#at += 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.#skipSpace();
      if (this.#peek() === code('>')) break;
      if (this.#peek() !== code('/')) throw new PdfSyntaxError();
      const { name } = this.#name();
      entries.set(name, this.value(depth + 1));
    }
    this.#at += 1;
    if (this.#peek() !== code('>')) throw new PdfSyntaxError();
    this.#at += 1;
    return entries;
  }

  #passHexText(): null {
    while (this.#peek() !== code('>')) this.#at += 1;
    this.#at += 1;
    return null;
  }

  #passText(): null {
    let open = 0;
    do {
      const byte = this.#peek();
      if (byte === code('\\')) this.#at += 1;
      else if (byte === code('(')) open += 1;
      else if (byte === code(')')) open -= 1;
      this.#at += 1;
    } while (open > 0);
    return null;
  }

  #scalar(): PdfValue {
    const word = this.word();
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) throw new PdfSyntaxError();
    return /^\d{1,10}$/.test(word) ? this.#numberOrReference(Number(word)) : Number(word);
  }

  /** `12 0 R` is a reference, `12 0` are two numbers: only looking ahead tells. */
  #numberOrReference(number: number): PdfValue {
    const after = this.#at;
    this.#skipSpace();
    if (this.#peek() >= code('0') && this.#peek() <= code('9')) {
      const generation = this.word();
      if (/^\d{1,5}$/.test(generation) && this.word() === 'R') return new PdfReference(number);
    }
    this.#at = after;
    return number;
  }
}
