import type { ModuleDraft, ToldFact, TrainingUpdate } from '../ports/training-upkeep.ts';
import type { Document } from '../protocol/documentation.ts';
import type { Fact } from '../protocol/facts.ts';
import type { TrainingCategory, TrainingStep } from '../protocol/training.ts';
import { longestReason, longestStepText } from '../protocol/training-bounds.ts';
import type { Scene } from '../protocol/video-script.ts';
import { replacedFactId } from './facts/fact.ts';
import { objectionsTo } from './gate/gate.ts';
import { changeSentence } from './writers/change-sentences.ts';
import { digest } from './writers/digest.ts';
import { indexFacts } from './writers/fact-index.ts';
import { isMessageFact } from './writers/fact-names.ts';
import { messageSentence } from './writers/message-sentences.ts';
import { statementSentence } from './writers/statement-sentences.ts';
import { stepsOf } from './writers/user-documentation.ts';
import { sceneOf } from './writers/video-scenes.ts';

/**
 * What makes a fact another one when it is told again: what is so now. Where it was found does not, nor what was so
 * before, because ranges that overlap begin at different states.
 */
const contentOf = ({ change, after, statement }: Fact): string =>
  digest(JSON.stringify([change === 'removed', after, statement]));

const reasonOf = (fact: Fact): string | undefined => {
  const text = isMessageFact(fact) ? statementSentence(fact) : changeSentence(fact);
  return text.length <= longestReason && objectionsTo(text, [fact]).length === 0 ? text : undefined;
};

const toldFact = (fact: Fact): ToldFact => ({
  id: fact.id,
  digest: contentOf(fact),
  replaces: replacedFactId(fact),
  say: () => reasonOf(fact),
});

/** Components are told to users by what they show. */
const isFor = (category: TrainingCategory, { audiences, kind }: Fact): boolean =>
  category === 'staff' || (audiences.includes('user') && kind !== 'component');

/** What somebody wrote into the code may be a page, which is no step. */
const stepsFor = (facts: readonly Fact[]): TrainingStep[] =>
  stepsOf(facts)
    .filter(({ text }) => text.length <= longestStepText)
    .map(({ text, facts: ids }) => ({ id: digest(text, ...ids), text, facts: ids }));

type Rests = (part: { facts: string[] }) => boolean;

/** A scene that tells more than these readers are told says what its message says, without what that brought. */
const scenesFor = (scenes: readonly Scene[], facts: readonly Fact[], rests: Rests): Scene[] => {
  const index = indexFacts(facts);
  return scenes.flatMap((scene) => {
    const message = index.get(scene.facts[0] ?? '');
    if (rests(scene)) return [scene];
    const isTold = message !== undefined && isMessageFact(message);
    return isTold ? [sceneOf(messageSentence(message, index), index)] : [];
  });
};

const names: Record<TrainingCategory, string> = { customer: 'for customers', staff: 'for staff' };

/** The modules of one category; a type without anything to learn makes none. */
const draftsFor = (source: string, document: Document, category: TrainingCategory): ModuleDraft[] => {
  const facts = document.facts.filter((fact) => isFor(category, fact));
  const known = new Set(facts.map(({ id }) => id));
  const rests: Rests = ({ facts: ids }) => ids.length > 0 && ids.every((id) => known.has(id));
  const scenes = scenesFor(document.trainingMaterial.videoScript.scenes, facts, rests);
  const questions = document.trainingMaterial.quizQuestions.filter(rests);
  const steps = stepsFor(facts).slice(0, 40);
  const draft = (title: string, content: ModuleDraft['content']): ModuleDraft => ({
    title: `${source}: ${title} ${names[category]}`.slice(0, 200),
    category,
    content,
  });
  return [
    ...(scenes.length > 0 ? [draft('what is new', { type: 'video', scenes })] : []),
    ...(steps.length > 0 ? [draft('step by step', { type: 'interactive', steps })] : []),
    ...(questions.length > 0 ? [draft('questions', { type: 'quiz', passScore: 0.8, questions })] : []),
  ];
};

/** What a document says for training: its facts, and the modules made from them. */
export const trainingUpdateOf = (source: string, document: Document): TrainingUpdate => ({
  source,
  facts: document.facts.map(toldFact),
  modules: [...draftsFor(source, document, 'customer'), ...draftsFor(source, document, 'staff')],
});
