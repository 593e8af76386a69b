/** Texts of values that were written before. */
const texts = new WeakMap<object, string>();

const isInner = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * The JSON of a value that is never changed afterwards, written once however often it is asked for: what somebody
 * draws goes into the log, into a record and to everybody in the room, and its numbers are what costs most.
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

/** The JSON of any value; what was kept of it, or of its `data`, is not written again. */
export const jsonOf = (value: unknown): string => {
  if (!isInner(value)) return JSON.stringify(value);
  const kept = texts.get(value);
  if (kept !== undefined) return kept;
  const { data, ...others } = value as { data?: unknown };
  const dataText = isInner(data) ? texts.get(data) : undefined;
  if (dataText === undefined) return JSON.stringify(value);
  const text = JSON.stringify(others);
  return text === '{}' ? `{"data":${dataText}}` : `${text.slice(0, -1)},"data":${dataText}}`;
};
