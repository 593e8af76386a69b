import { describe, expect, it } from 'vitest';
import type { JsonValue } from './annotation-data.ts';
import { applyPatch } from './annotation-merge.ts';

const annotation = (data: JsonValue) => ({ type: 'pen', data, layer: 'default', page: 1 }) as const;

const merged = (data: JsonValue, patch: JsonValue) => applyPatch(annotation(data), { data: patch }).data;

describe('annotation merge', () => {
  it.each<[string, JsonValue, JsonValue, JsonValue]>([
    ['keys that are named change, others stay', { a: 1, b: 2 }, { b: 3, c: 4 }, { a: 1, b: 3, c: 4 }],
    ['null removes a key', { a: 1, b: 2 }, { a: null, c: null }, { b: 2 }],
    ['only the top level merges', { a: { x: 1 } }, { a: { y: 2 } }, { a: { y: 2 } }],
    ['an object replaces a list', [1, 2], { a: 1, b: null }, { a: 1 }],
    ['a list replaces an object', { a: 1 }, [1], [1]],
    ['null replaces the whole', { a: 1 }, null, null],
    [
      'names of the language are plain keys',
      { constructor: 1 },
      { toString: 2 },
      { constructor: 1, toString: 2 },
    ],
  ])('[RT6] %s', (_rule, data, patch, expected) => {
    expect(merged(data, patch)).toEqual(expected);
  });

  it('[RT6] changes only what the patch names, and never what it was given', () => {
    const before = Object.freeze({ ...annotation({ a: 1 }), id: 'mark-1' });
    expect(applyPatch(before, { page: 2 })).toEqual({ ...before, page: 2 });
    expect(applyPatch(before, { type: 'text', layer: 'top' })).toEqual({
      ...before,
      type: 'text',
      layer: 'top',
    });
  });

  it('[RT10] a prototype key stays a key', () => {
    const result = merged({}, JSON.parse('{"__proto__":{"admin":true}}')) as object;
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect('admin' in result).toBe(false);
  });
});
