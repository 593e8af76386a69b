import fc from 'fast-check';
import { junkValue, prototypeKeys, withOwnKey } from './junk.ts';

type Key = string | number;

const isBranch = (value: unknown): value is Record<string, unknown> | unknown[] =>
  typeof value === 'object' && value !== null;

/** Every place in a value, the whole first. */
const placesOf = (value: unknown, place: readonly Key[] = []): (readonly Key[])[] =>
  isBranch(value)
    ? [place, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...place, key]))]
    : [place];

/** A copy in which `change` made something else of what is at a place. */
const changedAt = (
  value: unknown,
  [key, ...rest]: readonly Key[],
  change: (old: unknown) => unknown,
): unknown => {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((inner, index) => (index === Number(key) ? changedAt(inner, rest, change) : inner));
  }
  const old = value as Record<string, unknown>;
  return { ...old, [key]: changedAt(old[key], rest, change) };
};

const without = (value: unknown, place: readonly Key[]): unknown => {
  const last = place.at(-1);
  return changedAt(value, place.slice(0, -1), (old) =>
    Object.fromEntries(Object.entries(old as object).filter(([key]) => key !== String(last))),
  );
};

const strangeKey = fc.oneof(
  fc.constantFrom(...prototypeKeys),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
);

/** What is made of one of the choices; nothing when there are none. */
const chosenFrom = <Choice>(
  choices: readonly Choice[],
  make: (choice: fc.Arbitrary<Choice>) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown>[] => (choices.length === 0 ? [] : [make(fc.constantFrom(...choices))]);

/**
 * Values close to a good one: something replaced by anything, a key left out, a key too many, an optional key
 * with anything in it. Some of them may still be good; the schema tells.
 */
export const spoiled = (good: unknown, optionalKeys: readonly string[]): fc.Arbitrary<unknown> => {
  const places = placesOf(good);
  const place = fc.constantFrom(...places);
  const branches = places.filter((candidate) => {
    const at = candidate.reduce((inner: unknown, key) => (inner as Record<Key, unknown>)[key], good);
    return isBranch(at) && !Array.isArray(at);
  });
  const inObjects = places.filter((candidate) => typeof candidate.at(-1) === 'string');
  const replaced = fc.tuple(place, junkValue).map(([at, junk]) => changedAt(good, at, () => junk));
  const added = chosenFrom(branches, (branch) =>
    fc
      .tuple(branch, strangeKey, junkValue)
      .map(([at, key, junk]) => changedAt(good, at, (old) => withOwnKey(old as object, key, junk))),
  );
  const optional = chosenFrom(optionalKeys, (name) =>
    fc.tuple(name, junkValue).map(([key, junk]) => withOwnKey(good as object, key, junk)),
  );
  const missing = chosenFrom(inObjects, (inObject) => inObject.map((at) => without(good, at)));
  return fc.oneof(replaced, junkValue, ...added, ...optional, ...missing);
};
