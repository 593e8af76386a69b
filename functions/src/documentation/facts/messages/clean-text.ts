const longestStatement = 300;
const longestText = 5_000;

const withoutMarkup = (text: string): string =>
  text
    .replace(/!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)/g, '$1')
    .replace(/<\/?[A-Za-z!][^>]*>/g, '')
    .replace(/\bhttps?:\/\/\S+/g, '');

const withoutInvisible = (text: string): string => text.replace(/\p{Cc}|\p{Cf}|\p{Co}/gu, ' ');

const withoutPictures = (text: string): string =>
  text.replace(/^\s*(\p{Extended_Pictographic}\uFE0F?\s*)+/u, '');

/** Plain words: no markup, links, control characters or references, on one line. Most texts are plain already. */
export const plainWords = (text: string): string => {
  const brief = text.slice(0, longestText);
  const marked = /[[<]|:\/\//.test(brief) ? withoutMarkup(brief) : brief;
  const isAscii = !/[^ -~]/.test(marked);
  const visible = isAscii ? marked : withoutInvisible(marked);
  const named = visible.replace(/(^|\s):[a-z][a-z0-9_+-]*:(?=\s|$)/g, '$1');
  return (isAscii ? named : withoutPictures(named)).replace(/\s+/g, ' ').trim().slice(0, longestStatement);
};

/** Takes references to issues away that stand apart from the sentence: `(#12)`, `, closes #3`. */
const withoutReferences = (text: string): string =>
  text
    .replace(/\s*\((?:[\w.-]+\/[\w.-]+)?#\d+\)/g, '')
    .replace(
      /[\s,;:-]*\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|refs?|see)\b:?\s+(?:[\w.-]+\/[\w.-]+)?#\d+/gi,
      '',
    )
    .replace(/^\[?[A-Z][A-Z0-9]+-\d+\]?:?\s+/, '')
    .replace(/\s+([.,;:])/g, '$1')
    .trim();

/** What a line of a message says, without prefix and references; empty when nothing is left. */
export const cleanPhrase = (text: string): string => {
  const phrase = withoutReferences(plainWords(text)).replace(/[\s.;,:]+$/, '');
  return phrase ? phrase.charAt(0).toUpperCase() + phrase.slice(1) : '';
};

/** The same as a sentence. */
export const cleanSentence = (text: string): string => {
  const phrase = cleanPhrase(text);
  return phrase && !/[.!?…]$/.test(phrase) ? `${phrase}.` : phrase;
};
