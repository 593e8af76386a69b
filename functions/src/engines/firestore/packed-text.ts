import { gunzipSync, gzipSync } from 'node:zlib';

/** Shorter texts stay as they are, to be read by whoever looks into the database. */
const packedFrom = 64 * 1024;

/** A text that may be larger than a document of Firestore, as bytes where that is worth it. */
export const packed = (text: string): string | Buffer => (text.length < packedFrom ? text : gzipSync(text));

/** The text again, of what `packed` gave. */
export const unpacked = (value: unknown): string =>
  value instanceof Uint8Array ? gunzipSync(value).toString() : String(value);
