import { promisify } from 'node:util';
import { inflate as inflateWith } from 'node:zlib';
import { artworkProblem, damaged } from '../artwork-problem.ts';
import { countIn, isDictionary, type PdfDictionary, PdfName, type PdfValue } from './pdf-value.ts';

const inflate = promisify(inflateWith);

/** What one stream may unpack to, and all streams of a file together: a few bytes can be made to unpack to gigabytes. */
const mostOfStream = 8 * 1024 * 1024;
const mostOfFile = 256 * 1024 * 1024;
/** What may be parsed in all: parts of a file can be read again and again under other numbers. */
const mostParsed = 64 * 1024 * 1024;

/** What reading one file may still cost, in bytes. */
export interface ReadingBudget {
  unpacking: number;
  parsing: number;
}

export const newBudget = (): ReadingBudget => ({ unpacking: mostOfFile, parsing: mostParsed });

const first = (value: PdfValue | undefined): PdfValue | undefined =>
  Array.isArray(value) ? value[0] : value;

const filterOf = (dictionary: PdfDictionary): string | undefined => {
  const filter = dictionary.get('Filter');
  if (Array.isArray(filter) && filter.length > 1) throw damaged('a PDF');
  const name = first(filter);
  return name instanceof PdfName ? name.name : undefined;
};

const paeth = (left: number, up: number, upLeft: number): number => {
  const estimate = left + up - upLeft;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : upLeft;
};

/** What each filter of PNG adds to a byte (PNG specification, section 9.2). */
const predictions: readonly ((left: number, up: number, upLeft: number) => number)[] = [
  () => 0,
  (left) => left,
  (_left, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
];

/** Undoes the prediction of one row, which stands behind the number of its filter. */
const unpredictRow = (row: Buffer, above: Buffer): Buffer => {
  const predict = predictions[row[0] ?? 0];
  if (predict === undefined) throw damaged('a PDF');
  const result = Buffer.alloc(above.length);
  let left = 0;
  let upLeft = 0;
  for (const [column, up] of above.entries()) {
    left = ((row[column + 1] ?? 0) + predict(left, up, upLeft)) & 0xff;
    upLeft = up;
    result[column] = left;
  }
  return result;
};

const unpredict = (bytes: Buffer, columns: number): Buffer => {
  const rows: Buffer[] = [];
  let above: Buffer = Buffer.alloc(columns);
  for (let at = 0; at + columns < bytes.length; at += columns + 1) {
    above = unpredictRow(bytes.subarray(at, at + columns + 1), above);
    rows.push(above);
  }
  return Buffer.concat(rows);
};

const widestRow = 64;

const withoutPrediction = (bytes: Buffer, dictionary: PdfDictionary): Buffer => {
  const parameters = first(dictionary.get('DecodeParms'));
  const predictor = isDictionary(parameters) ? (countIn(parameters.get('Predictor')) ?? 1) : 1;
  if (!isDictionary(parameters) || predictor === 1) return bytes;
  const columns = countIn(parameters.get('Columns')) ?? 1;
  if (predictor < 10 || columns < 1 || columns > widestRow) throw damaged('a PDF');
  return unpredict(bytes, columns);
};

const unpack = async (bytes: Buffer, budget: ReadingBudget): Promise<Buffer> => {
  const maxOutputLength = Math.min(mostOfStream, budget.unpacking);
  try {
    const unpacked = await inflate(bytes, { maxOutputLength });
    budget.unpacking -= unpacked.length;
    return unpacked;
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    if (tooLarge) throw artworkProblem('The PDF unpacks to more than can be read: save it anew.');
    throw damaged('a PDF');
  }
};

/** The content of a stream that holds a cross-reference or objects; those are packed by Flate or not at all. */
export const contentOf = async (
  bytes: Buffer,
  dictionary: PdfDictionary,
  budget: ReadingBudget,
): Promise<Buffer> => {
  const filter = filterOf(dictionary);
  if (filter === undefined) return bytes;
  if (filter !== 'FlateDecode' && filter !== 'Fl') throw damaged('a PDF');
  return withoutPrediction(await unpack(bytes, budget), dictionary);
};
