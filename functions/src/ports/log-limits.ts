/**
 * What one append may hold; below the limits of every engine (Firestore's are 1 MiB a document and 10 MiB a
 * request), so that no engine refuses what another one takes.
 */
export const logLimits = {
  /** Entries of one append. */
  entries: 100,
  /** Entries and changed records together. */
  writes: 400,
  /** `data` of one entry, as JSON in UTF-8. */
  dataBytes: 128 * 1024,
  /** All texts and JSON of one changed record, in UTF-8. */
  recordBytes: 512 * 1024,
  /** The texts and JSON of everything, in UTF-8. */
  appendBytes: 4 * 1024 * 1024,
} as const;

/** Entries of one page of a log, and bytes of `data` after which a page ends early. */
export const logPageLimits = { entries: 1000, bytes: 4 * 1024 * 1024 } as const;

/** Operations that can be looked up at once. */
export const maxOperationsPerLookup = 30;

/** The values of a record as an engine encodes them: JSON is text already. */
export type EncodedValues = readonly unknown[];

/** An append as its engine encodes it. */
export interface EncodedAppend {
  entries: readonly EncodedValues[];
  /** `data` of each entry, which is also among its values. */
  data: readonly string[];
  /** Each record that is created or put, and the id of each that is deleted. */
  records: readonly EncodedValues[];
}

/** A UTF-16 unit never takes more bytes in UTF-8, so most texts need not be measured. */
const mostBytesPerUnit = 3;

const sumOver = (values: EncodedValues, sizeOf: (text: string) => number): number =>
  values.reduce<number>((sum, value) => (typeof value === 'string' ? sum + sizeOf(value) : sum), 0);

const unitsOf = (values: EncodedValues): number => sumOver(values, (text) => text.length);

const bytesOf = (values: EncodedValues): number => sumOver(values, (text) => Buffer.byteLength(text));

const total = (rows: readonly EncodedValues[], sizeOf: (values: EncodedValues) => number): number =>
  rows.reduce((sum, values) => sum + sizeOf(values), 0);

const exceeds = (rows: readonly EncodedValues[], bytes: number): boolean =>
  total(rows, unitsOf) * mostBytesPerUnit > bytes && total(rows, bytesOf) > bytes;

/** What of an append is more than `logLimits` allow, in a sentence that says what to do; undefined when nothing. */
export const appendProblem = ({ entries, data, records }: EncodedAppend): string | undefined => {
  const writes = entries.length + records.length;
  if (entries.length > logLimits.entries || writes > logLimits.writes) {
    return `${writes} changes cannot be made at once: make fewer.`;
  }
  if (data.some((text) => exceeds([[text]], logLimits.dataBytes))) {
    return `The data is larger than ${logLimits.dataBytes} bytes: make it smaller.`;
  }
  if (records.some((values) => exceeds([values], logLimits.recordBytes))) {
    return `The record would become larger than ${logLimits.recordBytes} bytes: make it smaller.`;
  }
  if (exceeds([...entries, ...records], logLimits.appendBytes)) {
    return `More than ${logLimits.appendBytes} bytes cannot be changed at once: change less.`;
  }
  return undefined;
};

/** A number that no caller may hand over is a mistake in the program: a RangeError from every engine. */
export const ensureWithin = (what: string, value: number, least: number, most: number): void => {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${what} is ${value}, and must be a whole number from ${least} to ${most}`);
};
