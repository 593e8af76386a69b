import { damaged } from '../artwork-problem.ts';
import { PdfSyntaxError } from './pdf-parser.ts';
import { directLength, type PdfReader } from './pdf-reader.ts';
import { countIn, isDictionary, type PdfDictionary } from './pdf-value.ts';

/** Where an object stands: at an offset of the file, or in a stream of objects. */
export type ObjectPlace = { offset: number } | { inStream: number };

/** One cross-reference of the file; each update of a file adds one, which goes before the older ones. */
export interface CrossReference {
  trailer: PdfDictionary;
  /** Sections that have to be looked through. */
  sections: number;
  /** Undefined for objects that it says nothing of, null for those that it calls free. */
  placeOf(number: number): Promise<ObjectPlace | null | undefined>;
}

interface Section {
  start: number;
  count: number;
  /** Of its first entry: in the file, or in the stream. */
  at: number;
}

const mostSections = 2_000;
const tableEntrySize = 20;
const tableEntry = /^(\d{10}) \d{5} ([nf])/;

const sectionWith = (sections: readonly Section[], number: number): Section | undefined =>
  sections.find(({ start, count }) => number >= start && number < start + count);

const readEntry = async ({ source }: PdfReader, at: number): Promise<RegExpExecArray> => {
  const entry = tableEntry.exec((await source.read(at, tableEntrySize)).toString('latin1'));
  if (entry === null) throw damaged('a PDF');
  return entry;
};

/** The head of a section of a table, or the trailer behind the last one. */
const readHead = (reader: PdfReader, offset: number) =>
  reader.parse(offset, (parser) => {
    const word = parser.word();
    if (word === 'trailer') return { trailer: parser.value() };
    if (!/^\d{1,10}$/.test(word)) throw new PdfSyntaxError();
    return { start: Number(word), count: parser.count(), length: parser.position };
  });

/** Some programs count from 1 and write object 0, which is always free, all the same. */
const beginsWithFree = async (reader: PdfReader, { start, count, at }: Section): Promise<boolean> =>
  start === 1 && count > 0 && (await readEntry(reader, at))[0] === '0000000000 65535 f';

const readSection = async (
  reader: PdfReader,
  offset: number,
  { start, count, length }: { start: number; count: number; length: number },
): Promise<Section> => {
  const behind = (await reader.source.read(offset + length, 4)).toString('latin1');
  const blanks = behind.length - behind.trimStart().length;
  const section = { start, count, at: offset + length + blanks };
  return (await beginsWithFree(reader, section)) ? { ...section, start: 0 } : section;
};

/** Reads where the sections of a table are, and the trailer; entries are read when they are asked for. */
const readTable = async (reader: PdfReader, offset: number): Promise<CrossReference> => {
  const sections: Section[] = [];
  let at = await reader.parse(offset, (parser) => {
    parser.expect('xref');
    return offset + parser.position;
  });
  while (sections.length <= mostSections) {
    const head = await readHead(reader, at);
    if ('trailer' in head) {
      if (!isDictionary(head.trailer)) throw damaged('a PDF');
      return { trailer: head.trailer, sections: sections.length, placeOf: placeInTable(reader, sections) };
    }
    const section = await readSection(reader, at, head);
    sections.push(section);
    at = section.at + section.count * tableEntrySize;
  }
  throw damaged('a PDF');
};

const placeInTable =
  (reader: PdfReader, sections: readonly Section[]): CrossReference['placeOf'] =>
  async (number) => {
    const section = sectionWith(sections, number);
    if (section === undefined) return undefined;
    const [, offset, kind] = await readEntry(reader, section.at + (number - section.start) * tableEntrySize);
    return kind === 'n' ? { offset: Number(offset) } : null;
  };

const numbersIn = (value: unknown): number[] => {
  if (!Array.isArray(value)) throw damaged('a PDF');
  return value.map((item) => {
    const number = countIn(item);
    if (number === undefined) throw damaged('a PDF');
    return number;
  });
};

const sectionsOf = (dictionary: PdfDictionary, entrySize: number): Section[] => {
  const index = dictionary.get('Index');
  const pairs = index === undefined ? [0, countIn(dictionary.get('Size')) ?? 0] : numbersIn(index);
  if (pairs.length > 2 * mostSections) throw damaged('a PDF');
  const sections: Section[] = [];
  let at = 0;
  for (let pair = 0; pair + 1 < pairs.length; pair += 2) {
    const [start = 0, count = 0] = pairs.slice(pair);
    sections.push({ start, count, at });
    at += count * entrySize;
  }
  return sections;
};

/** A cross-reference stream (ISO 32000-1, section 7.5.8): fields of `W` bytes each, one entry an object. */
const readStream = async (reader: PdfReader, offset: number): Promise<CrossReference> => {
  const object = await reader.object(offset);
  if (!isDictionary(object.value)) throw damaged('a PDF');
  const trailer = object.value;
  const widths = numbersIn(trailer.get('W'));
  const [kindWidth = 0, placeWidth = 0, lastWidth = 0] = widths;
  const entrySize = kindWidth + placeWidth + lastWidth;
  if (widths.length !== 3 || entrySize < 1 || widths.some((width) => width > 6)) throw damaged('a PDF');
  const sections = sectionsOf(trailer, entrySize);
  const entries = await reader.stream(object, directLength(trailer));
  const placeOf: CrossReference['placeOf'] = async (number) => {
    const section = sectionWith(sections, number);
    if (section === undefined) return undefined;
    const at = section.at + (number - section.start) * entrySize;
    if (at + entrySize > entries.length) return undefined;
    const kind = kindWidth === 0 ? 1 : entries.readUIntBE(at, kindWidth);
    const place = placeWidth === 0 ? 0 : entries.readUIntBE(at + kindWidth, placeWidth);
    if (kind === 1) return { offset: place };
    return kind === 2 ? { inStream: place } : null;
  };
  return { trailer, sections: sections.length, placeOf };
};

/** The cross-reference that begins at an offset, in either form. */
export const readCrossReference = async (reader: PdfReader, offset: number): Promise<CrossReference> => {
  const start = (await reader.source.read(offset, 16)).toString('latin1').trimStart();
  return start.startsWith('xref') ? readTable(reader, offset) : readStream(reader, offset);
};
