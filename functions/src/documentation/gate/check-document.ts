import type { Document, Sentence } from '../../protocol/documentation.ts';
import type { Fact } from '../../protocol/facts.ts';
import { sentencesOf } from '../writers/document-sentences.ts';
import { spoken } from '../writers/video-scenes.ts';
import { unsupportedCode } from './code-names.ts';
import { evidenceOf } from './evidence.ts';
import { objectionsTo } from './gate.ts';
import type { Objection } from './objection.ts';
import { quizObjections } from './quiz-gate.ts';

/** A text of a document that says more than its facts. */
export interface Finding {
  text: string;
  objections: Objection[];
}

/** A narration that is a written sentence without its marks of code has been checked as that sentence. */
const spokenTexts = (document: Document): Sentence[] => {
  const { videoScript, quizQuestions } = document.trainingMaterial;
  const key = (text: string, facts: readonly string[]) => JSON.stringify([text, facts]);
  const written = new Set(sentencesOf(document).map(({ text, facts }) => key(spoken(text), facts)));
  return [
    ...videoScript.scenes.flatMap(({ narration, action, facts }) => [
      ...(written.has(key(narration, facts)) ? [] : [{ text: narration, facts }]),
      { text: action, facts },
    ]),
    ...quizQuestions.map(({ explanation, facts }) => ({ text: explanation, facts })),
  ];
};

const codeFindings = ({ technicalDocumentation }: Document, factsOf: FactsOf): Finding[] => {
  const codes = [
    ...technicalDocumentation.examples.map(({ code, facts }) => ({ code, facts })),
    ...technicalDocumentation.migration.flatMap(({ before, after, facts }) =>
      [before, after].flatMap((code) => (code === undefined ? [] : [{ code, facts }])),
    ),
  ];
  return codes.flatMap(({ code, facts }) => {
    const names = unsupportedCode(code.text, factsOf(facts));
    const objections = names.map((name): Objection => ({ kind: 'unsupported-name', name }));
    return objections.length === 0 ? [] : [{ text: code.text, objections }];
  });
};

type FactsOf = (ids: readonly string[]) => Fact[];

/** Checks every text of a document against its facts (rule DO3); empty when nothing is unsupported. */
export const checkDocument = (document: Document): Finding[] => {
  const byId = new Map(document.facts.map((fact) => [fact.id, fact]));
  const factsOf: FactsOf = (ids) => ids.flatMap((id) => byId.get(id) ?? []);
  const texts = [...sentencesOf(document), ...spokenTexts(document)];
  const prose = texts.flatMap(({ text, facts }): Finding[] => {
    const objections = objectionsTo(text, factsOf(facts), document.range);
    return objections.length === 0 ? [] : [{ text, objections }];
  });
  const { before, after } = evidenceOf(document.facts);
  const real = [...before, ...after];
  const quiz = document.trainingMaterial.quizQuestions.flatMap((question): Finding[] => {
    const objections = quizObjections(question, factsOf(question.facts), real);
    return objections.length === 0 ? [] : [{ text: question.question, objections }];
  });
  return [...prose, ...quiz, ...codeFindings(document, factsOf)];
};
