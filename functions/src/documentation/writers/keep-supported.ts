import type { Document, Sentence } from '../../protocol/documentation.ts';
import type { Fact, FactRange } from '../../protocol/facts.ts';
import type { AnsweredQuestion } from '../../protocol/quiz.ts';
import { unsupportedCode } from '../gate/code-names.ts';
import { objectionsTo } from '../gate/gate.ts';

type FactsOf = (rests: { facts: readonly string[] }) => Fact[];

const createFactsOf = (facts: readonly Fact[]): FactsOf => {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  return (rests) => rests.facts.flatMap((id) => byId.get(id) ?? []);
};

/** What the gate lets through of what the templates wrote; nothing false is better than something more. */
export interface Supported {
  sentences<Item extends Sentence>(items: readonly Item[]): Item[];
  migration(notes: Document['technicalDocumentation']['migration']): typeof notes;
  examples(examples: Document['technicalDocumentation']['examples']): typeof examples;
  questions(questions: readonly AnsweredQuestion[]): AnsweredQuestion[];
  /** Texts that were left out. */
  dropped(): number;
}

export const createSupported = (facts: readonly Fact[], range: FactRange): Supported => {
  const factsOf = createFactsOf(facts);
  const known = new Map<string, boolean>();
  let dropped = 0;

  const holds = ({ text, facts: ids }: Sentence): boolean => {
    const key = `${ids.join(' ')}\n${text}`;
    const held = known.get(key) ?? objectionsTo(text, factsOf({ facts: ids }), range).length === 0;
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
          holds(example.title) && unsupportedCode(example.code.text, factsOf(example)).length === 0,
      ),
    questions: (questions) =>
      questions.filter(({ explanation, facts: ids }) => holds({ text: explanation, facts: ids })),
    dropped: () => dropped,
  };
};
