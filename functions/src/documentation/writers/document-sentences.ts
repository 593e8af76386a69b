import type { Document, Sentence } from '../../protocol/documentation.ts';

/** The written parts of a document. */
export type WrittenParts = Pick<
  Document,
  'userDocumentation' | 'technicalDocumentation' | 'trainingMaterial' | 'releaseNotes'
>;

type Change = (sentence: Sentence) => Sentence;

/** The same parts with each sentence of prose changed; code, questions and scenes stay as they are. */
export const mapSentences = <Parts extends WrittenParts>(parts: Parts, change: Change): Parts => {
  const all = (sentences: readonly Sentence[]) => sentences.map(change);
  const { userDocumentation, technicalDocumentation, trainingMaterial, releaseNotes } = parts;
  return {
    ...parts,
    userDocumentation: {
      ...userDocumentation,
      overview: all(userDocumentation.overview),
      steps: all(userDocumentation.steps),
      tips: all(userDocumentation.tips),
    },
    technicalDocumentation: {
      ...technicalDocumentation,
      apiChanges: technicalDocumentation.apiChanges.map((entry) => ({ ...entry, ...change(entry) })),
      migration: technicalDocumentation.migration.map((note) => ({
        ...note,
        title: change(note.title),
        advice: all(note.advice),
      })),
      examples: technicalDocumentation.examples.map((example) => ({
        ...example,
        title: change(example.title),
      })),
    },
    trainingMaterial: { ...trainingMaterial, keyPoints: all(trainingMaterial.keyPoints) },
    releaseNotes: {
      highlights: all(releaseNotes.highlights),
      improvements: all(releaseNotes.improvements),
      bugFixes: all(releaseNotes.bugFixes),
    },
  };
};

/** Every sentence of prose, in the order in which people read them. */
export const sentencesOf = (parts: WrittenParts): Sentence[] => {
  const found: Sentence[] = [];
  mapSentences(parts, (sentence) => {
    found.push(sentence);
    return sentence;
  });
  return found;
};

export const countSentences = (parts: WrittenParts): number => sentencesOf(parts).length;
