import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonOf, keptJsonOf } from './json-text.ts';

it('[RE6] a text is the JSON of its value, whether some of it was written before or not', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (others, data) => {
      const value = { ...others, data };
      const plain = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(jsonOf(value))).toEqual(plain);
      expect(keptJsonOf(data)).toBe(JSON.stringify(data));
      expect(JSON.parse(jsonOf(value))).toEqual(plain);
      expect(JSON.parse(jsonOf({ data }))).toEqual({ data: plain.data });
    }),
  );
});

it('[RE6] what has no JSON has none here', () => {
  expect(jsonOf(undefined)).toBeUndefined();
  expect(keptJsonOf(undefined)).toBeUndefined();
});
