import { z } from 'zod';

/** Opaque identifier; new ones are UUIDv7. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id has 1 to 64 letters, digits, "_" or "-"')
  .meta({ description: 'Opaque identifier' });

/** ISO 8601 in UTC with milliseconds, e.g. 2026-01-31T09:30:00.000Z. */
export const timeSchema = z.iso
  .datetime({ precision: 3, error: 'a time is ISO 8601 in UTC with milliseconds: 2026-01-31T09:30:00.000Z' })
  .meta({ description: 'ISO 8601 in UTC with milliseconds' });

/** The longest text of an issue or message that is accepted, in UTF-16 code units. */
export const maximumTextLength = 10_000;

/** Something that can be seen, beside spaces, control characters and invisible ones. */
const visible = /[^\s\p{Cc}\p{Cf}]/u;

/** What a person wrote; blank text is refused because nothing can be understood from it. */
export const textSchema = z
  .string()
  .max(maximumTextLength)
  .refine((text) => visible.test(text), 'write a few words: the text is empty');

/** What could deceive whoever reads a name: line breaks, other control characters, and those that turn the direction. */
const deceptive = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/u;

/** A name as people see it, on one line. */
export const nameSchema = (maximumLength: number) =>
  z
    .string()
    .max(maximumLength)
    .trim()
    .min(1)
    .refine((text) => !deceptive.test(text), 'a name has no control characters');

/** A name that somebody else let through, made fit to be shown. */
export const shownName = (name: string, maximumLength: number): string =>
  [...name.replace(new RegExp(deceptive, 'gu'), ' ')].slice(0, maximumLength).join('').trim();

/** The longest name of a person. */
export const longestPersonName = 120;

export const defaultPageSize = 50;
export const maximumPageSize = 200;

/** Query of every list: newest first, continued with the opaque `cursor` of the page before. */
export const pageQuerySchema = z.strictObject({
  limit: z.coerce
    .number(`write one whole number from 1 to ${maximumPageSize}`)
    .int()
    .min(1)
    .max(maximumPageSize)
    .default(defaultPageSize),
  cursor: z.string().max(1_000).optional(),
});

/** Query of a list that takes no filter. */
export type PageQuery = z.infer<typeof pageQuerySchema>;

/** A page of `item`s; `nextCursor` is absent on the last page. */
export const pageSchema = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().optional() });

/** Whether each value stands once. */
export const areDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
