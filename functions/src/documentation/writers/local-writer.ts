import type { Document, DocumentAudience } from '../../protocol/documentation.ts';
import type { Fact, FactReport } from '../../protocol/facts.ts';
import { countSentences } from './document-sentences.ts';
import { indexFacts } from './fact-index.ts';
import { createSupported } from './keep-supported.ts';
import { withoutLinkDoubles } from './linked-texts.ts';
import { withoutInvisible } from './plain-text.ts';
import { writeQuiz } from './quiz-questions.ts';
import { writeReleaseNotes } from './release-notes.ts';
import { writeTechnicalDocumentation } from './technical-documentation.ts';
import { writeUserDocumentation } from './user-documentation.ts';
import { writeVideoScript } from './video-scenes.ts';

/** Changes whenever the same facts would be told in other words; part of a document's key (rule DO4). */
export const localWriterVersion = 'local-13';

const maximumKeyPoints = 7;

const forAudience = (facts: readonly Fact[], audience: DocumentAudience): Fact[] =>
  audience === 'everyone' ? [...facts] : facts.filter(({ audiences }) => audiences.includes(audience));

/** Renders facts for their four readers. The same report gives the same document, byte for byte. */
export const writeDocument = (report: FactReport, audience: DocumentAudience = 'everyone'): Document => {
  const { range, stats, conflicts, unresolved, facts: all } = withoutInvisible(report);
  const facts = forAudience(all, audience);
  const index = indexFacts(facts);
  const supported = createSupported(index, range);
  const told = withoutLinkDoubles(facts);
  const notes = writeReleaseNotes(told, index);
  const releaseNotes = {
    highlights: supported.sentences(notes.highlights),
    improvements: supported.sentences(notes.improvements),
    bugFixes: supported.sentences(notes.bugFixes),
  };
  const points = [...releaseNotes.highlights, ...releaseNotes.improvements, ...releaseNotes.bugFixes];
  const user = writeUserDocumentation(told, range);
  const technical = writeTechnicalDocumentation(facts, index);
  const written = {
    userDocumentation: {
      title: user.title,
      overview: supported.sentences(user.overview),
      steps: supported.sentences(user.steps),
      tips: supported.sentences(user.tips),
    },
    technicalDocumentation: {
      apiChanges: supported.sentences(technical.apiChanges),
      migration: supported.migration(technical.migration),
      examples: supported.examples(technical.examples),
    },
    trainingMaterial: {
      videoScript: writeVideoScript(points, index, range),
      quizQuestions: supported.questions(writeQuiz(told)),
      keyPoints: points.slice(0, maximumKeyPoints),
    },
    releaseNotes,
  };
  return {
    ...written,
    facts,
    range,
    stats: {
      ...stats,
      facts: facts.length,
      breaking: facts.filter(({ breaking }) => breaking).length,
      sentences: countSentences(written),
      replaced: supported.dropped(),
      conflicts,
      unresolved,
    },
  };
};
