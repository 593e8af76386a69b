import type { Analysis } from '../../ports/ai-engine.ts';
import type { Category, Emotion, Language, Sentiment, Urgency } from '../../protocol/enumerations.ts';
import { categories, emotions, languages, sentiments, urgencies } from '../../protocol/enumerations.ts';
import type { Interpreter } from './model-file.ts';
import { COMPLEXITY_COLUMN, indexOfLargest, probabilitiesOf } from './outputs.ts';
import type { Projected } from './projection.ts';
import { project } from './projection.ts';

type Outputs = ArrayLike<number>;

function asRecord<Name extends string>(
  names: readonly Name[],
  values: readonly number[],
): Record<Name, number> {
  const record = {} as Record<Name, number>;
  for (const [index, name] of names.entries()) record[name] = values[index] as number;
  return record;
}

function pick<Name>(names: readonly Name[], values: readonly number[]): Name {
  return names[indexOfLargest(values)] as Name;
}

/** The probabilities of category and urgency after they were projected on each other. */
export function readProjected({ affinity }: Pick<Interpreter, 'affinity'>, outputs: Outputs): Projected {
  return project(probabilitiesOf('category', outputs), probabilitiesOf('urgency', outputs), affinity);
}

/**
 * Calls a message high or critical as soon as those two together reach the threshold: a late answer to a pressing
 * message costs more than an early answer to a calm one. What is in category urgent is never less than high.
 */
export function chooseUrgency(
  probabilities: readonly number[],
  threshold: number,
  category: Category,
): Urgency {
  const [low, medium, high, critical] = probabilities as [number, number, number, number];
  if (high + critical >= threshold || category === 'urgent') return critical >= high ? 'critical' : 'high';
  return medium >= low ? 'medium' : 'low';
}

/** Makes the answer of the port from the outputs of the model. */
export function interpret(interpreter: Interpreter, outputs: Outputs): Analysis {
  const { thresholds } = interpreter;
  const projected = readProjected(interpreter, outputs);
  const category = pick<Category>(categories, projected.category);
  const sentiment = probabilitiesOf('sentiment', outputs);
  const visualProbability = probabilitiesOf('visual', outputs)[0] as number;
  const [negative, , positive] = sentiment as [number, number, number];
  return {
    category,
    confidence: Math.max(...projected.category),
    scores: asRecord(categories, projected.category),
    sentiment: pick<Sentiment>(sentiments, sentiment),
    score: positive - negative,
    sentimentConfidence: Math.max(...sentiment),
    emotion: pick<Emotion>(emotions, probabilitiesOf('emotion', outputs)),
    urgency: chooseUrgency(projected.urgency, thresholds.pressing, category),
    urgencyScores: asRecord(urgencies, projected.urgency),
    complexity: Math.min(10, Math.max(1, Math.round(outputs[COMPLEXITY_COLUMN] as number))),
    visual: visualProbability >= thresholds.visual,
    visualProbability,
    language: pick<Language>(languages, probabilitiesOf('language', outputs)),
    engine: 'local',
  };
}
