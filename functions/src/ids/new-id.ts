import { getRandomValues } from 'node:crypto';
import { v7 } from 'uuid';

const bytesOfId = 16;
/** Drawing random bytes costs more than the rest of an id, whether few or many are drawn. */
const pool = new Uint8Array(bytesOfId * 256);
let used = pool.length;

const randomBytes = (): Uint8Array => {
  if (used === pool.length) {
    getRandomValues(pool);
    used = 0;
  }
  used += bytesOfId;
  return pool.subarray(used - bytesOfId, used);
};

let lastMs = Number.NEGATIVE_INFINITY;
let sequence = 0;

const randomSequence = (random: Uint8Array): number =>
  new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;

/**
 * A new id, made as UUIDv7 (RFC 9562, section 5.7). Ids of one process ascend, also within a millisecond and when
 * the wall clock goes back: they count on from a random number of 31 bits (its section 6.2, method 1).
 */
export const newId = (): string => {
  const random = randomBytes();
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    sequence = randomSequence(random);
  } else {
    sequence = (sequence + 1) | 0;
    if (sequence === 0) lastMs += 1;
  }
  return v7({ random, msecs: lastMs, seq: sequence });
};
