import { artworkProblem, damaged } from '../artwork-problem.ts';
import type { ByteSource } from '../byte-source.ts';
import { contentOf, type ReadingBudget } from './inflate.ts';
import { PdfParser, PdfSyntaxError, PdfTextEnded } from './pdf-parser.ts';
import { countIn, isDictionary, type PdfDictionary, type PdfValue } from './pdf-value.ts';

/** Sizes of the pieces that are tried: most objects of a page tree are small. */
const pieceSizes = [2_048, 32_768, 1_048_576];
/** A packed stream of objects or cross-references may have this many bytes. */
const largestStream = 8 * 1024 * 1024;
/** Ends whatever stands last in a file or stream, so that the parser need not know where that is. */
const terminator = Buffer.from(' endobj ');

/** An object of the file as it stands there. */
export interface PdfObject {
  number: number;
  value: PdfValue;
  /** Where its stream begins, when it has one. */
  streamAt: number | undefined;
}

/** A text whose end is known, as the parser wants it. */
export const ended = (text: Buffer): Buffer => Buffer.concat([text, terminator]);

/** What a mistake of the parser means to the sender of the file. */
export const told = (error: unknown): unknown =>
  error instanceof PdfSyntaxError || error instanceof PdfTextEnded ? damaged('a PDF') : error;

/** Reads pieces of a PDF, each only as far as it is needed. */
export class PdfReader {
  readonly source: ByteSource;
  readonly #budget: ReadingBudget;

  constructor(source: ByteSource, budget: ReadingBudget) {
    this.source = source;
    this.#budget = budget;
  }

  /** Parses what stands at an offset, with a larger piece each time the text ends too early. */
  async parse<Result>(offset: number, read: (parser: PdfParser) => Result): Promise<Result> {
    for (const size of pieceSizes) {
      const piece = await this.source.read(offset, size);
      const isLast = offset + piece.length >= this.source.size || size === pieceSizes.at(-1);
      try {
        return this.parseText(isLast ? ended(piece) : piece, 0, read);
      } catch (error) {
        if (error instanceof PdfTextEnded && !isLast) continue;
        throw told(error);
      }
    }
    throw damaged('a PDF');
  }

  /** Parses a text that was read already, from a place in it; errors are the parser's own. */
  parseText<Result>(text: Buffer, at: number, read: (parser: PdfParser) => Result): Result {
    if (this.#budget.parsing < 0)
      throw artworkProblem('The PDF is too complicated to be read: save it anew.');
    const parser = new PdfParser(text, at);
    try {
      return read(parser);
    } finally {
      this.#budget.parsing -= parser.position - at;
    }
  }

  /** The object `12 0 obj …` at an offset. */
  object(offset: number): Promise<PdfObject> {
    return this.parse(offset, (parser) => {
      const number = parser.count();
      parser.count();
      parser.expect('obj');
      const value = parser.value();
      const hasStream = isDictionary(value) && parser.word() === 'stream';
      return { number, value, streamAt: hasStream ? offset + parser.position : undefined };
    });
  }

  /** The unpacked content of an object's stream. */
  async stream({ value, streamAt }: PdfObject, length: number | undefined): Promise<Buffer> {
    if (streamAt === undefined || !isDictionary(value)) throw damaged('a PDF');
    if (length === undefined || length > largestStream) throw damaged('a PDF');
    const bytes = await this.source.read(streamAt, length + 2);
    // The word is followed by a line feed, or by a carriage return and a line feed.
    const lineEnd = bytes[0] === 13 && bytes[1] === 10 ? 2 : 1;
    return contentOf(bytes.subarray(lineEnd, lineEnd + length), value, this.#budget);
  }
}

/** Length of a stream that is written beside it, not elsewhere. */
export const directLength = (dictionary: PdfDictionary): number | undefined =>
  countIn(dictionary.get('Length'));
