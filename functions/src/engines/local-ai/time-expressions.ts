import type { WordClass } from './lexicon.ts';
import { CLASS_OF } from './lexicon.ts';
import type { TokenStream } from './tokenizer.ts';
import { TokenKind } from './tokenizer.ts';

/** Expressions made of several words: a span ahead or behind, a time of day, a weekday with its direction. */
export const TIME_EXPRESSIONS = [
  'inMinutes',
  'inHours',
  'inDays',
  'inWeeks',
  'inMonths',
  'minutesPast',
  'hoursPast',
  'daysPast',
  'weeksPast',
  'monthsPast',
  'atClock',
  'byClock',
  'onWeekday',
  'byWeekday',
  'nextWeekday',
  'lastWeekday',
] as const;
type TimeExpression = (typeof TIME_EXPRESSIONS)[number];

const UNITS = [CLASS_OF.minute, CLASS_OF.hour, CLASS_OF.day, CLASS_OF.week, CLASS_OF.month];
const SPANS_AHEAD = ['inMinutes', 'inHours', 'inDays', 'inWeeks', 'inMonths'] as const;
const SPANS_PAST = ['minutesPast', 'hoursPast', 'daysPast', 'weeksPast', 'monthsPast'] as const;
const COLON = 58;

/** Which word classes each token has; filled from the lexicon's hits. */
export interface TokenClasses {
  has(token: number, wordClass: number): boolean;
}

/** The number written by a token up to its first separator, or -1 when the token is no number. */
export function numberValue(tokens: TokenStream, token: number): number {
  if (tokens.kind[token] !== TokenKind.number) return -1;
  let value = 0;
  for (let position = tokens.start[token] as number; position < (tokens.end[token] as number); position++) {
    const digit = (tokens.codes[position] as number) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return value;
}

export class TimeReader {
  readonly #tokens: TokenStream;
  readonly #classes: TokenClasses;

  constructor(tokens: TokenStream, classes: TokenClasses) {
    this.#tokens = tokens;
    this.#classes = classes;
  }

  /** Calls back with the index of the expression in TIME_EXPRESSIONS and the token where it stands. */
  scan(onFind: (expression: number, token: number) => void): void {
    for (let token = 0; token < this.#tokens.count; token++) {
      const found = this.#weekday(token) ?? this.#numeric(token);
      if (found) onFind(TIME_EXPRESSIONS.indexOf(found), token);
    }
  }

  #is(token: number, name: WordClass): boolean {
    return token >= 0 && token < this.#tokens.count && this.#classes.has(token, CLASS_OF[name]);
  }

  #near(token: number, name: WordClass): boolean {
    return this.#is(token - 1, name) || this.#is(token - 2, name);
  }

  #weekday(token: number): TimeExpression | undefined {
    if (!this.#is(token, 'weekday')) return undefined;
    if (this.#near(token, 'past')) return 'lastWeekday';
    if (this.#is(token, 'nextSpan') || this.#near(token, 'nextSpan')) return 'nextWeekday';
    return this.#near(token, 'deadline') ? 'byWeekday' : 'onWeekday';
  }

  #numeric(token: number): TimeExpression | undefined {
    const isDigits = this.#tokens.kind[token] === TokenKind.number;
    if (!isDigits && !this.#is(token, 'numberWord')) return undefined;
    return this.#span(token) ?? this.#clock(token, isDigits);
  }

  #span(token: number): TimeExpression | undefined {
    for (let next = token + 1; next <= token + 2 && next < this.#tokens.count; next++) {
      const unit = UNITS.findIndex((wordClass) => this.#classes.has(next, wordClass));
      if (unit < 0) continue;
      const isPast = this.#near(token, 'past') || this.#is(next + 1, 'past');
      return isPast ? SPANS_PAST[unit] : SPANS_AHEAD[unit];
    }
    return undefined;
  }

  #clock(token: number, isDigits: boolean): TimeExpression | undefined {
    const value = numberValue(this.#tokens, token);
    const isHour = isDigits ? value <= 24 : true;
    const named = this.#is(token + 1, 'clockWord') || this.#hasColon(token) || this.#isFrenchHour(token);
    const placed = this.#is(token - 1, 'timeAt') || this.#is(token - 1, 'deadline');
    if (!isHour || (!named && !placed)) return undefined;
    return this.#near(token, 'deadline') ? 'byClock' : 'atClock';
  }

  #hasColon(token: number): boolean {
    const start = this.#tokens.start[token] as number;
    return this.#tokens.codes.subarray(start, this.#tokens.end[token]).includes(COLON);
  }

  #isFrenchHour(token: number): boolean {
    const next = token + 1;
    return (
      next < this.#tokens.count &&
      this.#tokens.codes[this.#tokens.start[next] as number] === 104 &&
      this.#width(next) === 1
    );
  }

  #width(token: number): number {
    return (this.#tokens.end[token] as number) - (this.#tokens.start[token] as number);
  }
}
