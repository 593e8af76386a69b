import type { Analysis } from '../../ports/ai-engine.ts';
import type { Category, Emotion, Language, Sentiment, Urgency } from '../../protocol/enumerations.ts';
import { categories, emotions, languages, sentiments, urgencies } from '../../protocol/enumerations.ts';
import type { ModelHeader, Readout } from './model-file.ts';
import { indexOfLargest, readNumber, readProbabilities } from './readouts.ts';

type Margins = ArrayLike<number>;

function readoutOf(header: ModelHeader, name: string): Readout {
  return header.readouts[name] as Readout;
}

function asRecord<Name extends string>(
  names: readonly Name[],
  values: readonly number[],
): Record<Name, number> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] as number])) as Record<
    Name,
    number
  >;
}

function pick<Name>(names: readonly Name[], values: readonly number[]): Name {
  return names[indexOfLargest(values)] as Name;
}

/**
 * Calls a message high or critical as soon as those two together reach the threshold: a late answer to an
 * urgent message costs more than an early answer to a calm one.
 */
export function chooseUrgency(probabilities: readonly number[], threshold: number): Urgency {
  const [low, medium, high, critical] = probabilities as [number, number, number, number];
  if (high + critical >= threshold) return critical >= high ? 'critical' : 'high';
  return medium >= low ? 'medium' : 'low';
}

function readComplexity(header: ModelHeader, margins: Margins): number {
  return Math.min(10, Math.max(1, Math.round(readNumber(readoutOf(header, 'complexity'), margins))));
}

/** Makes the answer of the port from the margins of the linear heads. */
export function interpret(header: ModelHeader, margins: Margins): Analysis {
  const read = (name: string): number[] => readProbabilities(readoutOf(header, name), margins);
  const category = read('category');
  const sentiment = read('sentiment');
  const urgency = read('urgency');
  const visualProbability = read('visual')[1] as number;
  const [negative, , positive] = sentiment as [number, number, number];
  return {
    category: pick<Category>(categories, category),
    confidence: Math.max(...category),
    scores: asRecord(categories, category),
    sentiment: pick<Sentiment>(sentiments, sentiment),
    score: positive - negative,
    sentimentConfidence: Math.max(...sentiment),
    emotion: pick<Emotion>(emotions, read('emotion')),
    urgency: chooseUrgency(urgency, header.thresholds.pressing),
    urgencyScores: asRecord(urgencies, urgency),
    complexity: readComplexity(header, margins),
    visual: visualProbability >= header.thresholds.visual,
    visualProbability,
    language: pick<Language>(languages, read('language')),
    engine: 'local',
  };
}
