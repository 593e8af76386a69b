import { type DocumentData, Timestamp } from 'firebase-admin/firestore';
import { AppError } from '../../errors/app-error.ts';
import { collections, type FieldKind } from '../../ports/collections.ts';
import type { CollectionName, Records } from '../../ports/records.ts';
import { JsonText, jsonOf } from '../../protocol/json-text.ts';
import { documentByteLimit, documentBytes } from './document-size.ts';
import { packed, unpacked } from './packed-text.ts';

const isoOf = (value: unknown): boolean => {
  const moment = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(moment) && new Date(moment).toISOString() === value;
};

type JsonKind = 'json' | 'jsonText' | 'large';

/** What a field of each kind may hold; anything else, or what has no JSON, is a mistake in the program. */
const fits: Record<Exclude<FieldKind, JsonKind>, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string',
  time: isoOf,
  integer: Number.isSafeInteger,
  real: Number.isFinite,
  boolean: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
};

/** Other engines end a text at U+0000, so none takes it. */
const refuseZeroCharacter = (field: string, value: unknown): void => {
  if (typeof value !== 'string' || !value.includes('\u0000')) return;
  const message = 'Remove the zero character (U+0000).';
  throw new AppError('validation_failed', message, { errors: [{ path: field, message }] });
};

const refuse = (field: string, kind: FieldKind, value: unknown): never => {
  throw new TypeError(`${field} is kept as ${kind} and cannot hold this value of type ${typeof value}`);
};

const encode = (field: string, kind: FieldKind, value: unknown): unknown => {
  if (kind === 'json' || kind === 'jsonText') return jsonOf(value) ?? refuse(field, kind, value);
  if (kind === 'large') return packed(jsonOf(value) ?? refuse(field, kind, value));
  if (!fits[kind](value)) refuse(field, kind, value);
  if (kind === 'text') refuseZeroCharacter(field, value);
  if (kind === 'time') return timestampOf(value as string);
  return kind === 'list' ? [...(value as string[])] : value;
};

const decode = (kind: FieldKind, value: unknown): unknown => {
  if (kind === 'time') return (value as Timestamp).toDate().toISOString();
  if (kind === 'large') return JSON.parse(unpacked(value));
  if (kind === 'jsonText') return new JsonText(String(value));
  return kind === 'json' ? JSON.parse(String(value)) : value;
};

/** Times are Timestamps in Firestore and ISO texts everywhere else. */
export const timestampOf = (iso: string): Timestamp => Timestamp.fromMillis(Date.parse(iso));

export const kindsOf = (collection: CollectionName): [string, FieldKind][] =>
  Object.entries(collections[collection].fields);

/** The document of a record; an absent field is absent. AppError `payload_too_large` above Firestore's limit. */
export const toDocument = <Name extends CollectionName>(
  collection: Name,
  record: Records[Name],
): DocumentData => {
  const source = record as object as Readonly<Record<string, unknown>>;
  const document: DocumentData = {};
  for (const [field, kind] of kindsOf(collection)) {
    const value = source[field];
    if (value !== undefined) document[field] = encode(field, kind, value);
  }
  if (documentBytes(collection, record.id, document) > documentByteLimit) {
    throw new AppError('payload_too_large', 'A record cannot be larger than 1 MiB: make it smaller.');
  }
  return document;
};

/** The record of a document; fields that no record has are not looked at. */
export const fromDocument = <Name extends CollectionName>(
  collection: Name,
  document: DocumentData,
): Records[Name] => {
  const record: Record<string, unknown> = {};
  for (const [field, kind] of kindsOf(collection)) {
    const value: unknown = document[field];
    if (value !== undefined) record[field] = decode(kind, value);
  }
  return record as object as Records[Name];
};
