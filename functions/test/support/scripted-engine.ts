import type { AiEngine, Analysis } from '../../src/ports/ai-engine.ts';
import type { AiEngineName } from '../../src/protocol/enumerations.ts';

export const analysisBy = (engine: AiEngineName): Analysis => ({
  category: 'technical',
  confidence: 0.75,
  scores: { urgent: 0.05, approval: 0.05, revision: 0.05, technical: 0.75, question: 0.05, general: 0.05 },
  sentiment: 'neutral',
  score: 0,
  sentimentConfidence: 0.8,
  emotion: 'neutral',
  urgency: 'medium',
  urgencyScores: { low: 0.1, medium: 0.7, high: 0.1, critical: 0.1 },
  complexity: 3,
  visual: false,
  visualProbability: 0.2,
  language: 'en',
  engine,
});

type Step = (signal: AbortSignal | undefined) => Analysis | Promise<Analysis>;

export interface ScriptedEngine extends AiEngine {
  /** Texts that were asked about so far. */
  readonly asked: readonly string[];
}

/** An engine that plays its steps in order and throws when asked more often. */
export const scriptedEngine = (name: AiEngineName, ...steps: Step[]): ScriptedEngine => {
  const asked: string[] = [];
  return {
    name,
    version: `${name}-scripted`,
    asked,
    analyze: async (text, { signal } = {}) => {
      const step = steps[asked.length];
      asked.push(text);
      if (step === undefined) throw new Error(`the scripted engine was asked ${asked.length} times`);
      return step(signal);
    },
  };
};

export const answering =
  (engine: AiEngineName): Step =>
  () =>
    analysisBy(engine);

export const failing =
  (error: unknown): Step =>
  () => {
    throw error;
  };

/** Never answers, and ends with the signal's reason like a request does. */
export const hanging: Step = (signal) =>
  new Promise((_answer, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
