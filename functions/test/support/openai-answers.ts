import { clearMessages } from '../../src/ports/ai-engine.contract.ts';

/** What a model that keeps to the schema says. */
export const modelAnswer = {
  language: 'en',
  category_scores: { urgent: 0, approval: 0, revision: 0.1, technical: 0.8, question: 0.1, general: 0 },
  category: 'technical',
  sentiment: 'negative',
  sentiment_score: -0.4,
  sentiment_confidence: 0.9,
  emotion: 'frustrated',
  urgency_scores: { low: 0, medium: 0.2, high: 0.7, critical: 0.1 },
  urgency: 'high',
  complexity: 4,
  visual_probability: 0.8,
};

/** The same for any text, but for the language of the contract's messages. */
export const modelAnswerTo = (text: string): typeof modelAnswer => {
  const known = Object.entries(clearMessages).find(([, message]) => message === text);
  return { ...modelAnswer, language: known?.[0] ?? 'other' };
};
