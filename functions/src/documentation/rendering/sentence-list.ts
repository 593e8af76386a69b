import type { Sentence } from '../../protocol/documentation.ts';
import { byArea } from '../by-area.ts';
import { capitalised } from '../capitalised.ts';
import type { FactIndex } from '../writers/fact-index.ts';
import { markdownText } from './markdown-text.ts';

/** Commits that one line can name. */
const maximumCommits = 3;

/** The commits behind a sentence, shortened as git shows them. */
const commitsOf = ({ facts }: Sentence, index: FactIndex): string => {
  const [only] = facts;
  if (facts.length === 1 && only !== undefined) {
    const commit = index.get(only)?.commit;
    return commit === undefined ? '' : ` (${commit.slice(0, 7)})`;
  }
  const commits = new Set(facts.flatMap((id) => index.get(id)?.commit.slice(0, 7) ?? []));
  const named = [...commits].slice(0, maximumCommits).join(', ');
  return named === '' ? '' : ` (${named}${commits.size > maximumCommits ? ' …' : ''})`;
};

export const sentenceLine = (sentence: Sentence, index: FactIndex): string =>
  `- ${markdownText(sentence.text)}${commitsOf(sentence, index)}`;

/** Scopes of commits as people write the words. */
const knownWords = new Map(
  ['AI', 'API', 'CI', 'CLI', 'CSS', 'HTML', 'HTTP', 'REST', 'SDK', 'SQL', 'SSO', 'UI', 'URL', 'UX'].map(
    (word) => [word.toLowerCase(), word],
  ),
);

/** An area as a heading: `local-ai` is Local AI. */
export const areaTitle = (area: string): string => {
  const words = area.split(/[-_\s]+/).map((word) => knownWords.get(word.toLowerCase()) ?? word);
  return capitalised(words.join(' '));
};

/** An area with so few short sentences takes one line. */
const sentencesInLine = 3;
const charactersInLine = 280;

const areaBlock = (area: string, members: readonly Sentence[], index: FactIndex): string => {
  const title = `**${markdownText(areaTitle(area))}**`;
  const length = members.reduce((sum, { text }) => sum + text.length, 0);
  if (members.length > sentencesInLine || length > charactersInLine) {
    const lines = members.map((sentence) => `  ${sentenceLine(sentence, index)}`);
    return [`- ${title}:`, ...lines].join('\n');
  }
  const facts = members.flatMap((sentence) => sentence.facts);
  const texts = members.map(({ text }) => markdownText(text)).join(' ');
  return `- ${title}: ${texts}${commitsOf({ text: '', facts }, index)}`;
};

/** A list by areas, those without one first; a list of one area needs no title. */
export const sentenceList = (sentences: readonly Sentence[], index: FactIndex): string => {
  const areas = byArea(sentences);
  return [...areas]
    .map(([area, members]) =>
      area === '' || areas.size === 1
        ? members.map((sentence) => sentenceLine(sentence, index)).join('\n')
        : areaBlock(area, members, index),
    )
    .join('\n');
};
