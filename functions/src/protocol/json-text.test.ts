import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonValue } from './annotation-data.ts';
import { JsonText, jsonOf } from './json-text.ts';
import { keepJson, keptJsonOf } from './kept-json.ts';

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;

/** A value with texts of JSON in it, at any depth, beside the same value without. */
type Pair = [held: unknown, plain: unknown];

const withTexts = fc.letrec<{ pair: Pair }>((tie) => ({
  pair: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    json.map((value): Pair => [value, value]),
    json.map((value): Pair => [JsonText.of(value), value]),
    fc
      .array(tie('pair'))
      .map((pairs): Pair => [pairs.map(([held]) => held), pairs.map(([, plain]) => plain)]),
    fc.dictionary(fc.string(), tie('pair')).map((pairs): Pair => {
      const entries = Object.entries(pairs);
      const side = (place: 0 | 1) => Object.fromEntries(entries.map(([key, pair]) => [key, pair[place]]));
      return [side(0), side(1)];
    }),
  ),
})).pair;

it('[RT2] texts of JSON are written as the values they stand for, wherever they are', () => {
  fc.assert(
    fc.property(withTexts, ([held, plain]) => {
      expect(jsonOf(held)).toBe(JSON.stringify(plain));
      expect(JSON.stringify(held)).toBe(JSON.stringify(plain));
    }),
  );
});

it('[RT2] a text is put in as it was sent, and read only when somebody asks', () => {
  const sent = '{"points":[[1e-3,0.50]]}';
  const data = new JsonText(sent);
  expect(jsonOf({ id: 'mark-1', data, others: [{ data }] })).toBe(
    `{"id":"mark-1","data":${sent},"others":[{"data":${sent}}]}`,
  );
  expect(data.value).toEqual({ points: [[0.001, 0.5]] });
});

it('[RT2] what fails while it is written leaves nothing behind', () => {
  const endless: Record<string, unknown> = { data: JsonText.of([1]) };
  endless.self = endless;
  expect(() => jsonOf(endless)).toThrow(TypeError);
  expect(jsonOf({ data: JsonText.of([2]) })).toBe('{"data":[2]}');
  expect(JSON.stringify(JsonText.of([3]))).toBe('[3]');
});

it('[RE6] the JSON of a value is written once', () => {
  const value = { path: [[0.5, 1]] };
  expect(keptJsonOf(value)).toBe('{"path":[[0.5,1]]}');
  keepJson(value, '{"path":[[5e-1,1]]}');
  expect(keptJsonOf(value)).toBe('{"path":[[5e-1,1]]}');
  expect(JsonText.of(value).text).toBe('{"path":[[5e-1,1]]}');
});

it('[RE6] what has no JSON has none here', () => {
  expect(jsonOf(undefined)).toBeUndefined();
  expect(keptJsonOf(undefined)).toBeUndefined();
});
