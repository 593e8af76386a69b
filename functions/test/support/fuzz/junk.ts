import fc from 'fast-check';

/** Names that reach the prototype of careless code. */
export const prototypeKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
];

const strangeTexts = [
  '',
  ' ',
  'NaN',
  'Infinity',
  '-0',
  '1e999',
  '\u0000',
  '\u001b[31m',
  '\ud800',
  '../../etc/passwd',
  "' OR 1=1 --",
  '{{7*7}}',
  '#{7*7}',
  '<script>alert(1)</script>',
  '2026-02-30T25:61:61.000Z',
  '0000-00-00',
  '10000000-1-1',
];

const strangeNumbers = [0, -0, -1, 1.5, 1e308, Number.POSITIVE_INFINITY, 2 ** 53 + 2, -(2 ** 63), 5e-324];

const nested = (depth: number, asObject: boolean): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = asObject ? { a: value } : [value];
  return value;
};

/** The value with an own key that object literals cannot give. */
export const withOwnKey = (base: object, key: string, value: unknown): object =>
  Object.defineProperty({ ...base }, key, { value, enumerable: true, configurable: true, writable: true });

/** Texts of every kind, up to 20,000 characters. */
export const junkText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...strangeTexts),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer({ min: 10, max: 20_000 }).map((length) => 'x'.repeat(length)),
);

/** JSON values of every kind; infinity stands for numbers that no double can hold. */
export const junkValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false, [], {}, [[]], [null]),
  fc.constantFrom(...strangeNumbers),
  junkText,
  fc.jsonValue({ maxDepth: 3 }),
  fc
    .record({ depth: fc.integer({ min: 1, max: 150 }), asObject: fc.boolean() })
    .map(({ depth, asObject }) => nested(depth, asObject)),
  fc.integer({ min: 100, max: 2_000 }).map((length) => Array.from({ length }, (_, index) => index)),
  fc.constantFrom(...prototypeKeys).map((key) => withOwnKey({}, key, { role: 'admin' })),
);

const overflow = '@overflow@';

/** JSON text in which infinity is a number too large for a double. */
export const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_key, inner) => (inner === Number.POSITIVE_INFINITY ? overflow : inner)).replaceAll(
    `"${overflow}"`,
    '1e999',
  );
