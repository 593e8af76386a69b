import type { Document, Sentence } from '../../protocol/documentation.ts';
import type { Fact, FactRange } from '../../protocol/facts.ts';
import type { AnsweredQuestion } from '../../protocol/quiz.ts';
import { unsupportedCode } from '../gate/code-names.ts';
import { evidenceOf } from '../gate/evidence.ts';
import { objectionsIn } from '../gate/gate.ts';
import { quizObjections } from '../gate/quiz-gate.ts';
import { repeatsMessage } from '../gate/repeats-message.ts';
import type { FactIndex } from './fact-index.ts';

/** What the gate lets through of what the templates wrote; nothing false is better than something more. */
export interface Supported {
  sentences<Item extends Sentence>(items: readonly Item[]): Item[];
  migration(notes: Document['technicalDocumentation']['migration']): typeof notes;
  examples(examples: Document['technicalDocumentation']['examples']): typeof examples;
  questions(questions: readonly AnsweredQuestion[]): AnsweredQuestion[];
  /** Texts that were left out. */
  dropped(): number;
}

export const createSupported = (index: FactIndex, range: FactRange): Supported => {
  const known = new Map<string, boolean>();
  let dropped = 0;

  const factsOf = (ids: readonly string[]): Fact[] => {
    const facts: Fact[] = [];
    for (const id of ids) {
      const fact = index.get(id);
      if (fact !== undefined) facts.push(fact);
    }
    return facts;
  };

  const holds = ({ text, facts: ids }: Sentence): boolean => {
    const rests = factsOf(ids);
    // What most sentences do, and quicker seen than looked up.
    if (repeatsMessage(text, rests)) return true;
    const key = `${ids.join(' ')}\n${text}`;
    const held = known.get(key) ?? objectionsIn(text, evidenceOf(rests, range)).length === 0;
    if (!held && !known.has(key)) dropped += 1;
    known.set(key, held);
    return held;
  };

  return {
    sentences: (items) => items.filter(holds),
    migration: (notes) =>
      notes
        .filter(({ title }) => holds(title))
        .map((note) => ({ ...note, advice: note.advice.filter(holds) })),
    examples: (examples) =>
      examples.filter(
        (example) =>
          holds(example.title) && unsupportedCode(example.code.text, factsOf(example.facts)).length === 0,
      ),
    questions: (questions) => {
      const { before, after } = evidenceOf([...index.values()]);
      const real = [...before, ...after];
      return questions.filter(
        (question) =>
          holds({ text: question.explanation, facts: question.facts }) &&
          quizObjections(question, factsOf(question.facts), real).length === 0,
      );
    },
    dropped: () => dropped,
  };
};
