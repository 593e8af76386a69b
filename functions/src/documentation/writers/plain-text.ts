/** Controls, and marks that turn or hide text: nobody sees them, and terminals and readers obey them. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

/** The same value with a blank for each invisible character of its texts. */
export const withoutInvisible = <Value>(value: Value): Value => {
  const cleaned = (part: unknown): unknown => {
    if (typeof part === 'string') return part.replace(invisible, ' ');
    if (Array.isArray(part)) return part.map(cleaned);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, cleaned(inner)]));
  };
  return cleaned(value) as Value;
};

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

/**
 * What somebody wrote into a commit, as harmless plain text: one line, without invisible characters, links and
 * tags. Letters and words stay as they are: whatever it says, it is quoted and never obeyed.
 */
export const plainText = (text: string): string => {
  const line = balanced(text.replace(invisible, ' '));
  const bare = outsideCode(line, (part) =>
    part.replace(comment, ' ').replace(markdownLink, '$1').replace(htmlTag, ' '),
  );
  return bare.replace(/\s+/g, ' ').trim();
};

/** Source text on one line; it is shown as code, so its brackets stay. */
export const codeText = (text: string): string => text.replace(invisible, ' ').replace(/\s+/g, ' ').trim();

/** A name as code. A backtick inside would end it, so it goes. */
export const code = (name: string): string => `\`${codeText(name.replaceAll('`', ''))}\``;

/** A text that people read on the screen. */
export const quote = (text: string): string => `"${plainText(text).replaceAll('"', '')}"`;

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One, two and three with "and" before the last. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

const smallNumbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** A count as good style has it: small numbers as words. */
export const counted = (count: number, singular: string, plural = `${singular}s`): string =>
  `${smallNumbers[count] ?? count} ${count === 1 ? singular : plural}`;

/** Ends with exactly one full stop, unless it ends otherwise already. */
export const asSentence = (text: string): string => {
  const trimmed = text.replace(/[\s.;,:]+$/, '');
  return /[!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
};
