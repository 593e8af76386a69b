import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactValueAt, endOfText, partsOf } from './json-scan.ts';

const isInner = (value: unknown): value is object => typeof value === 'object' && value !== null;

describe('looking through JSON', () => {
  it('finds the members of an object and the items of a list, whatever their texts hold', () => {
    fc.assert(
      fc.property(fc.jsonValue().filter(isInner), (value) => {
        const parts = partsOf(JSON.stringify(value));
        if (Array.isArray(value)) expect(parts).toEqual(value.map((item) => JSON.stringify(item)));
        else
          expect(parts).toEqual(
            Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${JSON.stringify(member)}`),
          );
      }),
    );
  });

  it('finds where a value ends, and takes nothing for a value that has no end', () => {
    fc.assert(
      fc.property(fc.jsonValue().filter(isInner), fc.string(), (value, behind) => {
        const json = JSON.stringify(value);
        expect(compactValueAt(`:${json}${behind}`, 1)).toBe(json);
        expect(compactValueAt(json.slice(0, -1), 0)).toBeUndefined();
      }),
    );
  });

  it('ends a text at its quote, not at one that is part of it', () => {
    expect(endOfText('"a\\"b\\\\"c"', 0)).toBe(7);
  });
});
