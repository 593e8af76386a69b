import { capitalised } from '../../capitalised.ts';

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

const folded = (text: string): string => (/\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text).trim();

/** Plain words: no markup, links, control characters or references, on one line. Most texts are plain already. */
export const plainWords = (text: string): string => {
  const brief = text.slice(0, longestText);
  const marked = /[[<]|:\/\//.test(brief) ? withoutMarkup(brief) : brief;
  const isAscii = !/[^ -~]/.test(marked);
  const visible = isAscii ? marked : withoutInvisible(marked);
  const named = visible.includes(':') ? visible.replace(/(^|\s):[a-z][a-z0-9_+-]*:(?=\s|$)/g, '$1') : visible;
  return folded(isAscii ? named : withoutPictures(named)).slice(0, longestStatement);
};

const withoutNumbers = (text: string): string =>
  text
    .replace(/\s*\((?:[\w.-]+\/[\w.-]+)?#\d+\)/g, '')
    .replace(
      /[\s.,;:-]*\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|refs?|see)\b:?\s+(?:[\w.-]+\/[\w.-]+)?#\d+(?:(?:,| and| &|, and)\s+(?:[\w.-]+\/[\w.-]+)?#\d+)*/gi,
      '',
    );

/** Takes references to issues away that stand apart from the sentence: `(#12)`, `, closes #3`. */
const withoutReferences = (text: string): string =>
  (text.includes('#') ? withoutNumbers(text) : text)
    .replace(/^\[?[A-Z][A-Z0-9]+-\d+\]?:?\s+/, '')
    .replace(/\s+([.,;:])/g, '$1')
    .trim();

/**
 * Words that stand apart by one space each, with no mark in them that could be markup, a link, a picture's name or a
 * reference, and no key of an issue in front: what most lines are, and what nothing is to be taken from.
 */
const cleanAlready =
  /^(?![A-Z][A-Z0-9]+-\d)(?:[\w'"`()&/+=*%$@!?~^{}-][\w'"`()&/+=*%$@!?~^{}.,;-]*(?: |$))+$/;

const isClean = (text: string): boolean =>
  text.length <= longestStatement && cleanAlready.test(text) && !/[\s.;,]$/.test(text);

/** What a line of a message says, without prefix and references; empty when nothing is left. */
export const cleanPhrase = (text: string): string => {
  const phrase = isClean(text) ? text : withoutReferences(plainWords(text)).replace(/[\s.;,:]+$/, '');
  return capitalised(phrase);
};

/** The same as a sentence. */
export const cleanSentence = (text: string): string => {
  const phrase = cleanPhrase(text);
  return phrase && !/[.!?…]$/.test(phrase) ? `${phrase}.` : phrase;
};
