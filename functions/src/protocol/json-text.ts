import type { JsonValue } from './annotation-data.ts';
import { keptJsonOf } from './kept-json.ts';

/** Stands where a text belongs in JSON that is being written. It is drawn anew by each process: nobody can send it. */
const mark = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join('-');

/** The texts whose places are marked, while `jsonOf` writes. */
let marked: string[] | undefined;

/**
 * A JSON value as the text that was sent or stored, read only by those who ask for the value: what is drawn is held,
 * kept and handed on far more often than it is changed, and as lists of numbers it takes four times the memory.
 */
export class JsonText {
  /** Without white space around it. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  static of(value: JsonValue): JsonText {
    return new JsonText(keptJsonOf(value));
  }

  /** Read anew each time. */
  get value(): JsonValue {
    return JSON.parse(this.text) as JsonValue;
  }

  toJSON(): JsonValue {
    if (marked === undefined) return this.value;
    marked.push(this.text);
    return mark;
  }
}

/** The JSON of any value; texts that stand in it, at any depth, are put in as they are. */
export const jsonOf = (value: unknown): string => {
  const inside: string[] = [];
  marked = inside;
  let json: string;
  try {
    json = JSON.stringify(value);
  } finally {
    marked = undefined;
  }
  if (inside.length === 0) return json;
  const [first = '', ...others] = json.split(`"${mark}"`);
  return others.reduce((written, part, index) => written + inside[index] + part, first);
};
