const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

export const HASH_START = FNV_OFFSET | 0;

/** One step of 32-bit FNV-1a over a UTF-16 code unit; incremental, so a word's prefixes cost nothing. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, FNV_PRIME);
}

/** Joins two hashes so that order matters. */
export function hashPair(left: number, right: number): number {
  const mixed = Math.imul(left ^ (right >>> 15) ^ Math.imul(right, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) | 0;
}

export function hashString(text: string): number {
  let hash = HASH_START;
  for (let index = 0; index < text.length; index++) hash = hashStep(hash, text.charCodeAt(index));
  return hash;
}
