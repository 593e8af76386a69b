import type { DocumentData } from 'firebase-admin/firestore';

/** Largest document: https://firebase.google.com/docs/firestore/quotas, "Maximum size for a document". */
export const documentByteLimit = 1_048_576;

const nameOverheadBytes = 16;
const documentOverheadBytes = 32;

const textBytes = (text: string): number => Buffer.byteLength(text) + 1;

const valueBytes = (value: unknown): number => {
  if (typeof value === 'string') return textBytes(value);
  if (value instanceof Uint8Array) return value.byteLength;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + valueBytes(item), 0);
  return typeof value === 'boolean' ? 1 : 8;
};

/** Size as https://firebase.google.com/docs/firestore/storage-size counts it. */
export const documentBytes = (collection: string, name: string, document: DocumentData): number => {
  const named = textBytes(collection) + textBytes(name) + nameOverheadBytes;
  const fields = Object.entries(document).map(([field, value]) => textBytes(field) + valueBytes(value));
  return named + documentOverheadBytes + fields.reduce((sum, bytes) => sum + bytes, 0);
};
