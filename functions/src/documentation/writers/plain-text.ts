/** Controls, and marks that turn or hide text: nobody sees them, and terminals and readers obey them. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

const beyondPrintableAscii = /[^ -~]/;

const isPrintable = (part: unknown): boolean => typeof part === 'string' && !beyondPrintableAscii.test(part);

const cleaned = (part: unknown): unknown => {
  if (typeof part === 'string') return part.replace(invisible, ' ');
  if (Array.isArray(part)) return cleanedList(part);
  return typeof part === 'object' && part !== null ? cleanedObject(part) : part;
};

const cleanedList = (list: readonly unknown[]): readonly unknown[] => {
  let copy: unknown[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const inner = list[index];
    if (isPrintable(inner)) continue;
    const clean = cleaned(inner);
    if (clean === inner) continue;
    copy ??= [...list];
    copy[index] = clean;
  }
  return copy ?? list;
};

const cleanedObject = (object: object): object => {
  let copy: Record<string, unknown> | undefined;
  for (const key in object) {
    const inner: unknown = object[key as keyof typeof object];
    if (isPrintable(inner)) continue;
    const clean = cleaned(inner);
    if (clean === inner) continue;
    copy ??= { ...object };
    copy[key] = clean;
  }
  return copy ?? object;
};

/** The same value with a blank for each invisible character of its texts; what has none is not copied. */
export const withoutInvisible = <Value>(value: Value): Value => cleaned(value) as Value;

const markdownLink = /!?\[([^\]]*)\]\([^)]*\)/g;
const htmlTag = /<\/?[a-z][a-z0-9-]*(\s[^<>]*)?\/?>/gi;
const comment = /<!--.*?(-->|$)/g;

const balanced = (text: string): string =>
  (text.match(/`/g)?.length ?? 0) % 2 === 0 ? text : text.replaceAll('`', '');

/** Type parameters look like tags; what stands between backticks stays as it is. */
const outsideCode = (text: string, change: (part: string) => string): string =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('`');

/** What a plain text has not: marks that could be code, a link or a tag, and blanks to fold. */
const marked = /[^ -~]|[`<]|\]\(|^ | $| {2}/;

/**
 * What somebody wrote into a commit, as harmless plain text: one line, without invisible characters, links and
 * tags. Letters and words stay as they are: whatever it says, it is quoted and never obeyed.
 */
export const plainText = (text: string): string => {
  if (!marked.test(text)) return text;
  const line = balanced(text.replace(invisible, ' '));
  const bare = outsideCode(line, (part) =>
    part.replace(comment, ' ').replace(markdownLink, '$1').replace(htmlTag, ' '),
  );
  return bare.replace(/\s+/g, ' ').trim();
};

/** Names that shout are code, whatever the author wrote around them. */
export const withNames = (text: string): string =>
  text.includes('`') || !text.includes('_')
    ? text
    : text.replace(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b(?:\/[\w.-]*\w)*/g, '`$&`');

/** Source text on one line; it is shown as code, so its brackets stay. */
export const codeText = (text: string): string => text.replace(invisible, ' ').replace(/\s+/g, ' ').trim();

/** A name as code. A backtick inside would end it, so it goes. */
export const code = (name: string): string => `\`${codeText(name.replaceAll('`', ''))}\``;

/** A text that people read on the screen. */
export const quote = (text: string): string => `"${plainText(text).replaceAll('"', '')}"`;

const smallNumbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** A count as good style has it: small numbers as words. */
export const counted = (count: number, singular: string, plural = `${singular}s`): string =>
  `${smallNumbers[count] ?? count} ${count === 1 ? singular : plural}`;

/** Ends with exactly one full stop, unless it ends otherwise already. */
export const asSentence = (text: string): string => {
  const trimmed = text.replace(/[\s.;,:]+$/, '');
  return /[!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
};
