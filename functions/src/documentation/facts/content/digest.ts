import { createHash } from 'node:crypto';

/** Short digest of a text, for telling whether two are alike. */
export const shortDigest = (text: string): string =>
  createHash('sha1').update(text).digest('base64url').slice(0, 10);
