import { AppError } from '../../errors/app-error.ts';
import type { FieldKind } from '../../ports/collections.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import { JsonText, jsonOf } from '../../protocol/json-text.ts';
import { kindsOf } from './naming.ts';

/** What is bound to a statement and read from a row: the same in every database that speaks SQL. */
export type SqlValue = string | number | null;

/** One row, its values in the order of the selected columns. */
export type SqlRow = readonly SqlValue[];

const refuse = (field: string, kind: FieldKind, value: unknown): never => {
  throw new TypeError(`${field} is kept as ${kind} and cannot hold a value of type ${typeof value}`);
};

/** Drivers and other databases end a text there, so it would come back shorter than it was acknowledged. */
const textOf = (field: string, value: string): string => {
  if (!value.includes('\u0000')) return value;
  const message = 'Remove the zero character (U+0000).';
  throw new AppError('validation_failed', message, { errors: [{ path: field, message }] });
};

/** Index tables hold the texts of a list by themselves, where half a surrogate pair cannot be written. */
const listOf = (field: string, items: readonly unknown[]): string =>
  JSON.stringify(
    items.map((item) =>
      typeof item === 'string' ? textOf(field, item).replace(/\p{Surrogate}/gu, '\ufffd') : item,
    ),
  );

/** The value as it is bound. What does not fit is refused here, because a driver may not survive it. */
const encodeValue = (field: string, kind: FieldKind, value: unknown): SqlValue => {
  if (value === undefined) return null;
  switch (kind) {
    case 'text':
    case 'time':
      return typeof value === 'string' ? textOf(field, value) : refuse(field, kind, value);
    case 'integer':
      return Number.isSafeInteger(value) ? (value as number) : refuse(field, kind, value);
    case 'real':
      return Number.isFinite(value) ? (value as number) : refuse(field, kind, value);
    case 'boolean':
      return typeof value === 'boolean' ? Number(value) : refuse(field, kind, value);
    case 'list':
      return Array.isArray(value) ? listOf(field, value) : refuse(field, kind, value);
    case 'json':
    case 'jsonText':
    case 'large':
      return jsonOf(value) ?? refuse(field, kind, value);
  }
};

const decodeValue = (kind: FieldKind, value: string | number): unknown => {
  if (kind === 'boolean') return value === 1;
  if (kind === 'jsonText') return new JsonText(String(value));
  return kind === 'json' || kind === 'large' || kind === 'list' ? JSON.parse(String(value)) : value;
};

/** Turns records of one collection into rows and back. An absent field is NULL and comes back absent. */
export interface RecordCodec<Name extends CollectionName> {
  readonly fields: readonly string[];
  /** Values in the order of `fields`, and `version` behind them. */
  encode(record: Records[Name], version: number): SqlValue[];
  decode(row: SqlRow): Records[Name];
}

export const recordCodec = <Name extends CollectionName>(collection: Name): RecordCodec<Name> => {
  const fields = [...kindsOf(collection).keys()];
  const kinds = [...kindsOf(collection).values()];
  return {
    fields,
    encode(record, version) {
      const source = record as object as Readonly<Record<string, unknown>>;
      const values: SqlValue[] = [];
      for (let index = 0; index < fields.length; index += 1) {
        const field = fields[index] as string;
        values.push(encodeValue(field, kinds[index] as FieldKind, source[field]));
      }
      values.push(version);
      return values;
    },
    decode(row) {
      const record: Record<string, unknown> = {};
      for (let index = 0; index < fields.length; index += 1) {
        const value = row[index];
        if (value === null || value === undefined) continue;
        record[fields[index] as string] = decodeValue(kinds[index] as FieldKind, value);
      }
      return record as object as Records[Name];
    },
  };
};
