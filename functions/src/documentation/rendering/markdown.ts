import type { Document, Migration, Sentence } from '../../protocol/documentation.ts';
import type { FactRange } from '../../protocol/facts.ts';
import { type FactIndex, indexFacts } from '../writers/fact-index.ts';
import { codeBlock, markdownText } from './markdown-text.ts';
import { quizMarkdown } from './quiz-markdown.ts';
import { sentenceList } from './sentence-list.ts';

/** A heading with what stands under it, or nothing when that is empty. */
const section = (level: number, heading: string, ...blocks: string[]): string[] => {
  const filled = blocks.filter((block) => block !== '');
  return filled.length === 0 ? [] : [`${'#'.repeat(level)} ${heading}`, ...filled];
};

const paragraph = (sentences: readonly Sentence[]): string =>
  sentences.map(({ text }) => markdownText(text)).join(' ');

const numbered = (sentences: readonly Sentence[]): string =>
  sentences.map(({ text }, index) => `${index + 1}. ${markdownText(text)}`).join('\n');

const endOf = ({ commit, tags }: FactRange['to']): string => tags.at(-1) ?? commit.slice(0, 7);

const number = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const rangeLine = ({ range, stats }: Document): string => {
  const { from, to } = range;
  const span = from === undefined ? `Up to ${endOf(to)}` : `From ${endOf(from)} to ${endOf(to)}`;
  const shallow = range.shallow ? ' Earlier commits are missing in this clone.' : '';
  return `${markdownText(`${span}: ${number(stats.commits, 'commit')}, ${number(stats.facts, 'fact')}.`)}${shallow}`;
};

const releaseNotesMarkdown = ({ releaseNotes }: Document, index: FactIndex): string[] => {
  const { highlights, improvements, bugFixes } = releaseNotes;
  return [
    ...section(3, 'Highlights', sentenceList(highlights, index)),
    ...section(3, 'Improvements', sentenceList(improvements, index)),
    ...section(3, 'Bug fixes', sentenceList(bugFixes, index)),
  ];
};

const userMarkdown = ({ userDocumentation }: Document, index: FactIndex): string[] => {
  const { overview, steps, tips } = userDocumentation;
  const [counts, ...features] = overview;
  return [
    ...(counts === undefined ? [] : [paragraph([counts])]),
    ...(features.length === 0 ? [] : [sentenceList(features, index)]),
    ...section(3, 'How to use it', numbered(steps)),
    ...section(3, 'Good to know', sentenceList(tips, index)),
  ];
};

const migrationMarkdown = ({ title, advice, before, after }: Migration): string[] => [
  `#### ${markdownText(title.text)}`,
  paragraph(advice),
  ...(before === undefined ? [] : ['Before:', codeBlock(before)]),
  ...(after === undefined ? [] : ['After:', codeBlock(after)]),
];

const technicalMarkdown = ({ technicalDocumentation }: Document, index: FactIndex): string[] => {
  const { apiChanges, migration, examples } = technicalDocumentation;
  const shown = examples.flatMap(({ title, code }) => [markdownText(title.text), codeBlock(code)]);
  return [
    ...section(3, 'What changed', sentenceList(apiChanges, index)),
    ...section(3, 'Migration', ...migration.flatMap(migrationMarkdown)),
    ...section(3, 'Examples', ...shown),
  ];
};

const openMarkdown = ({ stats }: Document): string[] => {
  const conflicts = stats.conflicts.map(
    ({ commit, message, content }) =>
      `- ${markdownText(`${commit.slice(0, 7)} says "${message}", and its content: ${content}`)}`,
  );
  const unresolved = stats.unresolved.map(({ what, subject, reason, file = subject }) => {
    const name = subject.startsWith(what) ? subject : `${what} ${subject}`;
    return `- ${markdownText(`${name}${file === subject ? '' : ` in ${file}`}: ${reason}`)}`;
  });
  return [
    ...section(2, 'Where message and content disagree', conflicts.join('\n')),
    ...section(2, 'What could not be analysed', unresolved.join('\n')),
  ];
};

/** The whole document for people, one part for each reader. */
export const documentMarkdown = (document: Document): string => {
  const index = indexFacts(document.facts);
  const { keyPoints, quizQuestions } = document.trainingMaterial;
  const blocks = [
    `# ${markdownText(document.userDocumentation.title)}`,
    rangeLine(document),
    ...section(2, 'Release notes', ...releaseNotesMarkdown(document, index)),
    ...section(2, 'For users', ...userMarkdown(document, index)),
    ...section(2, 'For developers and operators', ...technicalMarkdown(document, index)),
    ...section(
      2,
      'For training',
      ...section(3, 'Key points', sentenceList(keyPoints, index)),
      ...section(3, 'Questions', quizMarkdown(quizQuestions)),
    ),
    ...openMarkdown(document),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
};
