import type { Analysis } from '../src/ports/ai-engine.ts';
import { categories, emotions, sentiments, urgencies } from '../src/protocol/enumerations.ts';
import type { Claim, Interval } from './figures.ts';
import { brierScore, expectedCalibrationError, macroF1, mean, share, withInterval } from './figures.ts';
import type { LabelledMessage } from './labelled-file.ts';

/** A labelled message with the answer of an engine (or of the constant predictor). */
export interface Judged {
  readonly message: LabelledMessage;
  readonly analysis: Analysis;
}

/** One line of the evaluation: the engine's figure with its interval, and the constant predictor's. */
export interface Figure {
  readonly name: string;
  readonly engine: Interval;
  readonly constant: number;
}

type Statistic = (judged: readonly Judged[]) => number;

export function isPressing(urgency: string): boolean {
  return urgency === 'high' || urgency === 'critical';
}

export function isAcceptable({ message, analysis }: Judged): boolean {
  return message.category === analysis.category || (message.acceptable ?? []).includes(analysis.category);
}

function macro(field: 'category' | 'sentiment' | 'urgency' | 'emotion', names: readonly string[]): Statistic {
  return (judged) => {
    const labelled = judged.filter(({ message }) => message[field] !== undefined);
    return macroF1(
      names,
      labelled.map(({ message }) => message[field] as string),
      labelled.map(({ analysis }) => analysis[field]),
    );
  };
}

function calledPressing(amongPressing: boolean): Statistic {
  return (judged) =>
    share(
      judged.filter(({ message }) => isPressing(message.urgency) === amongPressing),
      ({ analysis }) => isPressing(analysis.urgency),
    );
}

export function categoryClaims(judged: readonly Judged[]): Claim[] {
  return judged.map(({ message, analysis }) => ({
    confidence: analysis.confidence,
    isRight: message.category === analysis.category,
  }));
}

function sentimentClaims(judged: readonly Judged[]): Claim[] {
  return judged.map(({ message, analysis }) => ({
    confidence: analysis.sentimentConfidence,
    isRight: message.sentiment === analysis.sentiment,
  }));
}

const STATISTICS: readonly (readonly [string, Statistic])[] = [
  ['category macro-F1', macro('category', categories)],
  [
    'category accuracy',
    (judged) => share(judged, ({ message, analysis }) => message.category === analysis.category),
  ],
  ['category accuracy within acceptable labels', (judged) => share(judged, isAcceptable)],
  ['category confidence ECE', (judged) => expectedCalibrationError(categoryClaims(judged))],
  [
    'category Brier',
    (judged) =>
      brierScore(
        categories,
        judged.map(({ message }) => message.category),
        judged.map(({ analysis }) => analysis.scores),
      ),
  ],
  ['sentiment macro-F1', macro('sentiment', sentiments)],
  [
    'sentiment accuracy',
    (judged) => share(judged, ({ message, analysis }) => message.sentiment === analysis.sentiment),
  ],
  ['sentiment confidence ECE', (judged) => expectedCalibrationError(sentimentClaims(judged))],
  ['emotion macro-F1', macro('emotion', emotions)],
  ['urgency macro-F1', macro('urgency', urgencies)],
  ['high or critical called so', calledPressing(true)],
  ['others called high or critical', calledPressing(false)],
  [
    'urgency Brier',
    (judged) =>
      brierScore(
        urgencies,
        judged.map(({ message }) => message.urgency),
        judged.map(({ analysis }) => analysis.urgencyScores),
      ),
  ],
  [
    'complexity within 2',
    (judged) =>
      share(judged, ({ message, analysis }) => Math.abs(message.complexity - analysis.complexity) <= 2),
  ],
  [
    'complexity mean distance',
    (judged) =>
      mean(judged.map(({ message, analysis }) => Math.abs(message.complexity - analysis.complexity))),
  ],
  [
    'visual accuracy',
    (judged) => share(judged, ({ message, analysis }) => message.visual === analysis.visual),
  ],
  [
    'visual F1',
    (judged) =>
      macroF1(
        ['true'],
        judged.map(({ message }) => String(message.visual)),
        judged.map(({ analysis }) => String(analysis.visual)),
      ),
  ],
  [
    'language accuracy',
    (judged) => share(judged, ({ message, analysis }) => message.language === analysis.language),
  ],
];

/** Every figure of the answers beside those of the constant predictor on the same messages. */
export function computeFigures(judged: readonly Judged[], constant: Analysis): Figure[] {
  const constantly = judged.map(({ message }) => ({ message, analysis: constant }));
  return STATISTICS.map(([name, statistic]) => ({
    name,
    engine: withInterval(judged, statistic),
    constant: statistic(constantly),
  }));
}
