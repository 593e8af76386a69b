import { keptJsonOf } from './kept-json.ts';

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** The largest `data` of an annotation as JSON in UTF-8: 1 KiB less than what one entry of a log may hold. */
export const maximumDataBytes = 127 * 1024;
/** How deep `data` may nest: a text is 0 deep, `[]` is 1. */
export const maximumDataDepth = 32;

/** A UTF-16 unit never takes more bytes in UTF-8, so most texts need not be measured. */
const mostBytesPerUnit = 3;

/** Whether a value is an object with keys, as JSON knows it: no list and nothing of a class. */
export const isJsonObject = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const scalarProblem = (value: unknown): string | undefined => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value !== 'number') return `${typeof value} is no JSON`;
  return Number.isFinite(value) ? undefined : 'numbers are finite';
};

const isInner = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The values inside a list or an object; a text when it is neither, or has a key that could do harm. */
const childrenOf = (value: object): readonly unknown[] | string => {
  if (Array.isArray(value)) return value;
  if (!isJsonObject(value)) return 'only lists and plain objects are JSON';
  if (Object.hasOwn(value, '__proto__')) return 'a key may not be __proto__';
  return Object.values(value);
};

const tooLarge = `data has at most ${maximumDataBytes} bytes`;
const tooDeep = `data nests at most ${maximumDataDepth} levels deep`;

/** What is wrong with a value that stands `depth` levels deep, behind so many values that were looked at. */
const problemIn = (value: unknown, depth: number, seen: { values: number }): string | undefined => {
  seen.values += 1;
  if (seen.values > maximumDataBytes) return tooLarge;
  if (!isInner(value)) return scalarProblem(value);
  if (depth === maximumDataDepth) return tooDeep;
  const children = childrenOf(value);
  if (typeof children === 'string') return children;
  for (const child of children) {
    const problem = problemIn(child, depth + 1, seen);
    if (problem !== undefined) return problem;
  }
  return undefined;
};

/** What is wrong with the bytes of `data` as JSON. */
export const sizeProblem = (json: string): string | undefined => {
  if (json.length * mostBytesPerUnit <= maximumDataBytes) return undefined;
  return new TextEncoder().encode(json).length > maximumDataBytes ? tooLarge : undefined;
};

/** What is wrong with a value as `data` of an annotation, in words for its sender; undefined when nothing. */
export const dataProblem = (value: unknown): string | undefined =>
  problemIn(value, 0, { values: 0 }) ?? sizeProblem(keptJsonOf(value));
