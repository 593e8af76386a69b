/** What Markdown, or HTML inside it, would act on. */
const active = /[\\*_{}[\]<>|~]/g;

/** Addresses and mentions, which readers of Markdown turn into links by themselves. */
const linked =
  /\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.)[^\s"]*[^\s".,;:!?']|(?<![\w`])@[\w-]+(?:\/[\w.-]+)?|[^\s"'(]+@[^\s"')]+\.\w+/gi;

const harmless = (text: string): string => text.replaceAll('&', '&amp;').replace(active, '\\$&');

const prose = (text: string): string => {
  let result = '';
  let at = 0;
  for (const match of text.matchAll(linked)) {
    result += `${harmless(text.slice(at, match.index))}\`${match[0]}\``;
    at = match.index + match[0].length;
  }
  return result + harmless(text.slice(at));
};

/** What makes a heading or a list of a line that begins with it. */
const opening = /^([-+#]+|\d+[.)])(?=\s)/;

/** Something in a text that Markdown or its readers would not show as it is. */
const notable = /[\\*_{}[\]<>|~&@`]|:\/\/|www\./i;

/** A sentence as Markdown that shows its characters and does nothing else; code stays code. */
export const markdownText = (text: string): string => {
  const shown = notable.test(text) ? escaped(text) : text;
  return shown.replace(opening, (marks) => `${marks.slice(0, -1)}\\${marks.slice(-1)}`);
};

const escaped = (text: string): string =>
  text
    .split('`')
    .map((part, index, parts) => {
      if (index % 2 === 0) return prose(part);
      return index === parts.length - 1 ? prose(part) : `\`${part}\``;
    })
    .join('');

/** Code as a block that no line of it can end. */
export const codeBlock = ({ language, text }: { language: string; text: string }): string => {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
};
