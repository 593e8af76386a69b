/** Texts of values that were written before. */
const texts = new WeakMap<object, string>();

const isInner = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * The JSON of a value that is never changed afterwards, written once however often it is asked for: the numbers of
 * what somebody draws are what costs most.
 */
export const keptJsonOf = (value: unknown): string => {
  if (!isInner(value)) return JSON.stringify(value);
  const text = texts.get(value) ?? JSON.stringify(value);
  texts.set(value, text);
  return text;
};

/** The JSON of a value that was written before. */
export const knownJsonOf = (value: object): string | undefined => texts.get(value);

/** Remembers the JSON of a value, as somebody else wrote it. */
export const keepJson = (value: object, text: string): void => {
  texts.set(value, text);
};
