import { validate, version } from 'uuid';
import { describe, expect, it } from 'vitest';
import { newId } from './new-id.ts';

describe('ids', () => {
  const before = Date.now();
  const ids = Array.from({ length: 4_000 }, newId);

  it('[RE6] are UUIDv7 of the time at which they were made', () => {
    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
    const madeAt = ids.map((id) => Number.parseInt(id.replace('-', '').slice(0, 12), 16));
    expect(Math.min(...madeAt)).toBeGreaterThanOrEqual(before);
    expect(Math.max(...madeAt)).toBeLessThanOrEqual(Date.now());
  });

  it('[RE6] ascend in the order in which they were made', () => {
    expect(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? ''))).toBe(true);
  });

  it('[RE6] never come twice, not even in the random part that ends them', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids.map((id) => id.slice(-10))).size).toBe(ids.length);
  });
});
