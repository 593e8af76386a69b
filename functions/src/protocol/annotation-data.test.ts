import { describe, expect, it } from 'vitest';
import { dataProblem, maximumDataBytes, maximumDataDepth } from './annotation-data.ts';
import { annotationDataSchema, layerSchema } from './annotations.ts';

const nested = (depth: number): unknown => {
  let value: unknown = 'core';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { inner: value };
  return value;
};

/** A text whose JSON has this many bytes. */
const text = (bytes: number): string => 'x'.repeat(bytes - 2);

describe('annotation data', () => {
  it.each([
    null,
    true,
    0,
    -1.5,
    '',
    'é',
    [],
    {},
    [[[0.1, 0.2]]],
    { path: [[0, 1]], constructor: 1, prototype: { x: 1 }, toString: 'text' },
    nested(maximumDataDepth),
    text(maximumDataBytes),
  ])('[RT10] takes JSON: %#', (value) => {
    expect(dataProblem(value)).toBeUndefined();
    expect(annotationDataSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['undefined', undefined],
    ['NaN', { x: Number.NaN }],
    ['infinite', [1, Number.NEGATIVE_INFINITY]],
    ['a function', { run: () => 1 }],
    ['a bigint', [1n]],
    ['a date', { at: new Date() }],
    ['bytes', new Uint8Array(3)],
    ['a map', new Map()],
    ['a prototype key', JSON.parse('{"a":[{"__proto__":{"admin":true}}]}')],
    ['one level too many', nested(maximumDataDepth + 1)],
    ['far too deep', nested(200_000)],
    ['one byte too many', text(maximumDataBytes + 1)],
    ['more bytes than units', 'é'.repeat(maximumDataBytes / 2)],
    ['a huge list', new Array(5_000_000).fill(0)],
  ])('[RT10] refuses %s', (_name, value) => {
    expect(dataProblem(value)).toBeTypeOf('string');
    expect(annotationDataSchema.safeParse(value).success).toBe(false);
  });

  it.each(['', 'x'.repeat(65), 'a\u0000b', 'a\nb', '\ud800'])('[RT10] refuses the layer %j', (layer) => {
    expect(layerSchema.safeParse(layer).success).toBe(false);
  });
});
