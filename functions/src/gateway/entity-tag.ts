import { hash } from 'node:crypto';

/**
 * Weak entity tag of a reply's text: the same text in another content coding is equal for its reader. A digest
 * of 128 bits of SHA-256 is enough to tell replies of one address apart.
 */
export const entityTagOf = (body: string): string => `W/"${hash('sha256', body, 'base64url').slice(0, 22)}"`;

const withoutWeakness = (tag: string): string => (tag.startsWith('W/') ? tag.slice(2) : tag);

/** Whether an If-None-Match header names this tag, by the weak comparison of RFC 9110, section 13.1.2. */
export const matchesEntityTag = (ifNoneMatch: string, tag: string): boolean =>
  ifNoneMatch === tag ||
  ifNoneMatch.trim() === '*' ||
  ifNoneMatch.split(',').some((offered) => withoutWeakness(offered.trim()) === withoutWeakness(tag));
