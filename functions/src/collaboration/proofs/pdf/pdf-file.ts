import { artworkProblem, damaged } from '../artwork-problem.ts';
import type { ByteSource } from '../byte-source.ts';
import { type CrossReference, type ObjectPlace, readCrossReference } from './cross-reference.ts';
import { newBudget } from './inflate.ts';
import { directLength, ended, PdfReader, told } from './pdf-reader.ts';
import { countIn, isDictionary, type PdfDictionary, PdfReference, type PdfValue } from './pdf-value.ts';

/** Updates of one file that are followed. */
const mostUpdates = 500;
/** Sections of their cross-references, all of which each search goes through. */
const mostSections = 4_000;
/** The end of the file, where the newest cross-reference is named. */
const tailBytes = 4_096;
const headBytes = 1_024;
const mostObjectsOfStream = 100_000;
/** Unpacked streams of objects that are held: neighbouring pages share one. */
const keptStreams = 4;

/** A stream that holds objects, unpacked. */
interface ObjectStream {
  content: Buffer;
  /** Where each object begins. */
  offsets: ReadonlyMap<number, number>;
}

/** The objects of a PDF, read when they are asked for. */
export interface PdfFile {
  catalog: PdfDictionary;
  /** What a reference leads to; any other value as it is. */
  resolve(value: PdfValue | undefined): Promise<PdfValue>;
}

/** A file with something before its header counts its offsets from there. */
const fromHeader = async (source: ByteSource): Promise<ByteSource> => {
  const start = (await source.read(0, headBytes)).indexOf('%PDF-');
  if (start <= 0) return source;
  return { size: source.size - start, read: (offset, length) => source.read(offset + start, length) };
};

const newestReference = async ({ source }: PdfReader): Promise<number> => {
  const tail = await source.read(Math.max(0, source.size - tailBytes), tailBytes);
  const named = /startxref\s+(\d{1,15})/.exec(tail.toString('latin1', tail.lastIndexOf('startxref')));
  if (named === null) throw damaged('a PDF');
  return Number(named[1]);
};

/** All cross-references, newest first; a table may name a stream that goes with it, between it and the older ones. */
const readReferences = async (reader: PdfReader): Promise<CrossReference[]> => {
  const references: CrossReference[] = [];
  const seen = new Set<number>();
  let sections = 0;
  const waiting = [await newestReference(reader)];
  for (let offset = waiting.shift(); offset !== undefined; offset = waiting.shift()) {
    if (seen.has(offset)) continue;
    seen.add(offset);
    const reference = await readCrossReference(reader, offset);
    references.push(reference);
    sections += reference.sections;
    if (seen.size > mostUpdates || sections > mostSections) throw damaged('a PDF');
    const next = ['XRefStm', 'Prev'].map((name) => countIn(reference.trailer.get(name)));
    waiting.push(...next.filter((place) => place !== undefined));
  }
  return references;
};

class PdfObjects implements Pick<PdfFile, 'resolve'> {
  readonly #reader: PdfReader;
  readonly #references: readonly CrossReference[];
  readonly #streams = new Map<number, ObjectStream>();

  constructor(reader: PdfReader, references: readonly CrossReference[]) {
    this.#reader = reader;
    this.#references = references;
  }

  async resolve(value: PdfValue | undefined): Promise<PdfValue> {
    if (!(value instanceof PdfReference)) return value ?? null;
    const found = await this.#read(value.number);
    if (found instanceof PdfReference) throw damaged('a PDF');
    return found;
  }

  async #placeOf(number: number): Promise<ObjectPlace | undefined> {
    for (const reference of this.#references) {
      const place = await reference.placeOf(number);
      if (place !== undefined) return place ?? undefined;
    }
    return undefined;
  }

  /** An object that is not there is null (ISO 32000-1, section 7.3.10). */
  async #read(number: number): Promise<PdfValue> {
    const place = await this.#placeOf(number);
    if (place === undefined) return null;
    if ('inStream' in place) return this.#readInStream(number, place.inStream);
    const object = await this.#reader.object(place.offset);
    if (object.number !== number) throw damaged('a PDF');
    return object.value;
  }

  async #readInStream(number: number, streamNumber: number): Promise<PdfValue> {
    const { content, offsets } = this.#streams.get(streamNumber) ?? (await this.#openStream(streamNumber));
    const offset = offsets.get(number);
    if (offset === undefined) return null;
    try {
      return this.#reader.parseText(content, offset, (parser) => parser.value());
    } catch (error) {
      throw told(error);
    }
  }

  async #openStream(number: number): Promise<ObjectStream> {
    const place = await this.#placeOf(number);
    // A stream of objects is never itself in one.
    if (place === undefined || 'inStream' in place) throw damaged('a PDF');
    const object = await this.#reader.object(place.offset);
    if (object.number !== number || !isDictionary(object.value)) throw damaged('a PDF');
    const length = directLength(object.value) ?? (await this.#lengthElsewhere(object.value));
    const stream = readOffsets(object.value, await this.#reader.stream(object, length), this.#reader);
    this.#streams.set(number, stream);
    const [oldest] = this.#streams.keys();
    if (this.#streams.size > keptStreams && oldest !== undefined) this.#streams.delete(oldest);
    return stream;
  }

  async #lengthElsewhere(dictionary: PdfDictionary): Promise<number | undefined> {
    const reference = dictionary.get('Length');
    if (!(reference instanceof PdfReference)) return undefined;
    const place = await this.#placeOf(reference.number);
    if (place === undefined || 'inStream' in place) return undefined;
    return countIn((await this.#reader.object(place.offset)).value);
  }
}

/** Pairs of number and offset stand before the objects (ISO 32000-1, section 7.5.7). */
const readOffsets = (dictionary: PdfDictionary, content: Buffer, reader: PdfReader): ObjectStream => {
  const count = countIn(dictionary.get('N'));
  const first = countIn(dictionary.get('First'));
  if (count === undefined || first === undefined || count > mostObjectsOfStream) throw damaged('a PDF');
  try {
    const offsets = reader.parseText(ended(content.subarray(0, first)), 0, (parser) => {
      const found = new Map<number, number>();
      for (let index = 0; index < count; index += 1) found.set(parser.count(), first + parser.count());
      return found;
    });
    return { content: ended(content), offsets };
  } catch (error) {
    throw told(error);
  }
};

/** Opens a PDF by its cross-references. AppError `validation_failed` for one that is damaged or locked. */
export const openPdf = async (bytes: ByteSource): Promise<PdfFile> => {
  const reader = new PdfReader(await fromHeader(bytes), newBudget());
  const references = await readReferences(reader);
  if (references.some(({ trailer }) => trailer.has('Encrypt'))) {
    throw artworkProblem('The PDF is protected by a password: save it without one.');
  }
  const objects = new PdfObjects(reader, references);
  const root = references.map(({ trailer }) => trailer.get('Root')).find((value) => value !== undefined);
  const catalog = await objects.resolve(root);
  if (!isDictionary(catalog)) throw damaged('a PDF');
  return { catalog, resolve: (value) => objects.resolve(value) };
};
