import { z } from 'zod';
import { AppError, type FieldError } from '../errors/app-error.ts';

/** More mistakes than these help nobody and would make the reply as large as the request. */
const maximumErrors = 50;
const maximumMessageLength = 300;
const maximumPathLength = 200;

const shorten = (text: string, maximum: number): string =>
  text.length <= maximum ? text : `${text.slice(0, maximum)}…`;

const fieldErrorsOf = (issue: z.core.$ZodIssue): FieldError[] => {
  const path = issue.path.map(String);
  const fieldError = (parts: readonly string[], message: string): FieldError => ({
    path: shorten(parts.join('.'), maximumPathLength),
    message: shorten(message, maximumMessageLength),
  });
  if (issue.code !== 'unrecognized_keys') return [fieldError(path, issue.message)];
  return issue.keys
    .slice(0, maximumErrors)
    .map((key) => fieldError([...path, key], 'Unknown key: it is not part of this request'));
};

/** Where a schema says nothing better of what was left out. */
const missing: z.core.$ZodErrorMap = ({ code, input, path }) =>
  code === 'invalid_type' && input === undefined && path?.length ? 'is missing: send it' : undefined;

/** Everything that is wrong with the parts of one request. */
export class Validation {
  readonly #errors: FieldError[] = [];

  /** The value as its schema gives it back; undefined when it does not fit, which `finish` then tells. */
  part(schema: z.ZodType, value: unknown): unknown {
    const result = schema.safeParse(value, { error: missing });
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      if (this.#errors.length < maximumErrors) this.#errors.push(...fieldErrorsOf(issue));
    }
    return undefined;
  }

  /** Fails with AppError `validation_failed` when any part did not fit. */
  finish(): void {
    if (this.#errors.length === 0) return;
    const errors = this.#errors.slice(0, maximumErrors);
    throw new AppError('validation_failed', 'Correct what `errors` names and send the request again.', {
      errors,
    });
  }
}

/** What a query must be when its operation describes none. */
export const noQuerySchema = z.strictObject({});

/** A query as an object: a name that comes more than once gives a list, which a schema for one value refuses. */
export const parseQuery = (target: string): Record<string, string | string[]> => {
  const queryAt = target.indexOf('?');
  const query: Record<string, string | string[]> = Object.create(null);
  if (queryAt === -1) return query;
  for (const [name, value] of new URLSearchParams(target.slice(queryAt + 1))) {
    const earlier = query[name];
    if (earlier === undefined) query[name] = value;
    else query[name] = Array.isArray(earlier) ? [...earlier, value] : [earlier, value];
  }
  return query;
};
