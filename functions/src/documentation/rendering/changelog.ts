import type { Document, Sentence } from '../../protocol/documentation.ts';
import { deprecation } from '../deprecation.ts';
import { type FactIndex, indexFacts } from '../writers/fact-index.ts';
import { sentenceLine } from './sentence-list.ts';

/** The headings of Keep a Changelog that facts can fill, in its order. */
const headings = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed'] as const;
type Heading = (typeof headings)[number];

const preamble = `# Changelog

All notable changes, in the form of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).
`;

/** The heading that the first fact of a sentence stands for. */
const headingOf = ({ facts }: Sentence, index: FactIndex): Heading => {
  const fact = facts.map((id) => index.get(id)).find((found) => found !== undefined);
  if (fact?.kind === 'bug-fix') return 'Fixed';
  if (fact?.kind === 'feature' || fact?.change === 'added') return 'Added';
  if (fact?.differences.includes(deprecation) && !fact.breaking) return 'Deprecated';
  return fact?.change === 'removed' ? 'Removed' : 'Changed';
};

/** The version that a section is about: the tag of its last commit, without the usual v. */
const sectionName = ({ range }: Document): string =>
  range.to.tags.at(-1)?.replace(/^v(?=\d)/, '') ?? 'Unreleased';

/** One section of a changelog. There is no date in it: the same range gives the same text on every day. */
export const changelogSection = (document: Document): string => {
  const index = indexFacts(document.facts);
  const { highlights, improvements, bugFixes } = document.releaseNotes;
  const sentences = [...highlights, ...improvements, ...bugFixes];
  const parts = headings.flatMap((heading) => {
    const members = sentences.filter((sentence) => headingOf(sentence, index) === heading);
    return members.length === 0
      ? []
      : [`### ${heading}\n\n${members.map((sentence) => sentenceLine(sentence, index)).join('\n')}`];
  });
  return [`## [${sectionName(document)}]`, ...parts].join('\n\n');
};

const sectionStart = /^## /m;

/** Puts a section into a changelog: in the place of the one with its name, else before the newest. */
export const withSection = (changelog: string, section: string): string => {
  const text = changelog.trim() === '' ? preamble : changelog;
  const at = text.search(sectionStart);
  const [head, sections] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at)];
  const name = section.split('\n', 1)[0] ?? '';
  const others = sections
    .split(/(?=^## )/m)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const place = others.findIndex((part) => part.startsWith(name));
  if (place === -1) return `${[head.trim(), section, ...others].join('\n\n')}\n`;
  return `${[head.trim(), ...others.with(place, section)].join('\n\n')}\n`;
};
