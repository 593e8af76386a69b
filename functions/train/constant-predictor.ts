import type { Analysis } from '../src/ports/ai-engine.ts';
import type { Category, Emotion, Language, Sentiment, Urgency } from '../src/protocol/enumerations.ts';
import { categories, emotions, languages, sentiments, urgencies } from '../src/protocol/enumerations.ts';
import { mean, share } from './figures.ts';
import type { LabelledMessage } from './labelled-file.ts';

function shares<Name extends string>(
  names: readonly Name[],
  labels: readonly (string | undefined)[],
): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, share(labels, (label) => label === name)])) as Record<
    Name,
    number
  >;
}

function commonest<Name extends string>(parts: Record<Name, number>): Name {
  const names = Object.keys(parts) as Name[];
  return names.reduce((best, name) => (parts[name] > parts[best] ? name : best));
}

/** Always answers the commonest label of the given messages, with the labels' shares as probabilities. */
export function constantAnalysis(messages: readonly LabelledMessage[]): Analysis {
  const scores = shares<Category>(
    categories,
    messages.map(({ category }) => category),
  );
  const feelings = shares<Sentiment>(
    sentiments,
    messages.map(({ sentiment }) => sentiment),
  );
  const urgencyScores = shares<Urgency>(
    urgencies,
    messages.map(({ urgency }) => urgency),
  );
  const emotional = messages.flatMap(({ emotion }) => (emotion === undefined ? [] : [emotion]));
  const visualProbability = share(messages, ({ visual }) => visual);
  const category = commonest(scores);
  const sentiment = commonest(feelings);
  return {
    category,
    confidence: scores[category],
    scores,
    sentiment,
    score: feelings.positive - feelings.negative,
    sentimentConfidence: feelings[sentiment],
    emotion: commonest(shares<Emotion>(emotions, emotional)),
    urgency: commonest(urgencyScores),
    urgencyScores,
    complexity: Math.round(mean(messages.map(({ complexity }) => complexity))),
    visual: visualProbability >= 0.5,
    visualProbability,
    language: commonest(
      shares<Language>(
        languages,
        messages.map(({ language }) => language),
      ),
    ),
    engine: 'local',
  };
}
