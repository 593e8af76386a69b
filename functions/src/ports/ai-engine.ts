import type {
  AiEngineName,
  Category,
  Emotion,
  Language,
  Sentiment,
  Urgency,
} from '../protocol/enumerations.ts';
import type { AnalyzeReply } from '../protocol/support.ts';

/** What an engine understands of one text. Probabilities are 0..1 and calibrated as far as the engine can. */
export interface Analysis {
  /** What the sender wants done first; `urgent` wins when something must happen within hours. */
  category: Category;
  /** Probability that `category` is right. */
  confidence: number;
  /** Probability of each category; they add up to 1. */
  scores: Record<Category, number>;
  sentiment: Sentiment;
  /** Sentiment from -1 (very negative) to 1 (very positive). */
  score: number;
  /** Probability that `sentiment` is right. */
  sentimentConfidence: number;
  emotion: Emotion;
  urgency: Urgency;
  /** Probability of each urgency; they add up to 1. */
  urgencyScores: Record<Urgency, number>;
  /** Work for whoever answers: a whole number from 1 to 10. */
  complexity: number;
  /** Whether both sides must look at the same thing. */
  visual: boolean;
  /** Probability that `visual` is true. */
  visualProbability: number;
  language: Language;
  /** The engine that answered, which after a fallback is not the one that was asked first. */
  engine: AiEngineName;
}

/** What of an analysis its asker is told; the finer probabilities are for routing. */
export const understandingOf = ({
  sentimentConfidence: _sentimentConfidence,
  urgencyScores: _urgencyScores,
  visualProbability: _visualProbability,
  ...understood
}: Analysis): AnalyzeReply => understood;

/**
 * Understands support messages. Any string is answered: there is no text that makes an engine throw, but an
 * engine that depends on a server may fail with AppError `unavailable`.
 */
export interface AiEngine {
  readonly name: AiEngineName;
  /** Changes whenever the same text may be answered otherwise; part of every cache key. */
  readonly version: string;
  /** Rejects with the reason of `signal` when that has aborted. */
  analyze(text: string, options?: { signal?: AbortSignal }): Promise<Analysis>;
}
