import type { AiEngine, Analysis } from '../ports/ai-engine.ts';

/** An ordinary technical issue; `changes` say what matters. */
export const sampleAnalysis = (changes: Partial<Analysis> = {}): Analysis => ({
  category: 'technical',
  confidence: 0.7,
  scores: { urgent: 0.05, approval: 0.05, revision: 0.05, technical: 0.7, question: 0.1, general: 0.05 },
  sentiment: 'neutral',
  score: 0,
  sentimentConfidence: 0.8,
  emotion: 'neutral',
  urgency: 'medium',
  urgencyScores: { low: 0.2, medium: 0.6, high: 0.15, critical: 0.05 },
  complexity: 3,
  visual: false,
  visualProbability: 0.2,
  language: 'en',
  engine: 'local',
  ...changes,
});

/** An engine that answers what it was told for a text, and fails when asked for any other. */
export const createToldAiEngine = (answers: Readonly<Record<string, Analysis>>): AiEngine => ({
  name: 'local',
  version: 'told-1',
  analyze: async (text) => {
    const analysis = answers[text];
    if (analysis === undefined) throw new Error(`nobody told the engine about "${text}"`);
    return analysis;
  },
});
