import { AppError } from '../errors/app-error.ts';
import { collections } from '../ports/collections.ts';
import type { CollectionName, Records } from '../ports/records.ts';
import { footerSchema, headerSchema, recordSchema } from './export-format.ts';

/** One record of an export. */
export interface ExportedRecord {
  collection: CollectionName;
  record: Records[CollectionName];
}

const refuse = (place: string, problem: string): AppError =>
  new AppError('validation_failed', `The file cannot be imported: ${place}: ${problem}.`);

const parse = (text: string, place: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(place, 'this is no JSON');
  }
};

const recordOf = (value: unknown, place: string): ExportedRecord => {
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) throw refuse(place, parsed.error.issues[0]?.message ?? 'this is no record');
  const { collection, record } = parsed.data;
  const known = collections[collection].fields;
  const unknown = Object.keys(record).find((field) => !(field in known));
  if (unknown !== undefined) throw refuse(place, `${collection} has no field ${unknown} in this version`);
  return { collection, record: record as object as Records[CollectionName] };
};

/**
 * The records of an export, line by line. AppError `validation_failed` at the first line that is wrong, and at the
 * end when the file was cut off.
 */
export async function* readExport(lines: AsyncIterable<string>): AsyncGenerator<ExportedRecord> {
  let number = 0;
  let records = 0;
  let ended = false;
  for await (const text of lines) {
    number += 1;
    const place = `line ${number}`;
    const value = parse(text, place);
    if (number === 1) {
      if (!headerSchema.safeParse(value).success) throw refuse(place, 'it was made by another version');
      continue;
    }
    if (ended) throw refuse(place, 'there is something behind the end');
    const footer = footerSchema.safeParse(value);
    if (footer.success) {
      if (footer.data.records !== records)
        throw refuse(place, `${footer.data.records - records} records are missing`);
      ended = true;
      continue;
    }
    records += 1;
    yield recordOf(value, place);
  }
  if (!ended) throw refuse('the end', 'it was cut off');
}
