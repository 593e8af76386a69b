import natural from 'natural';
import { timeClassifier } from '../ai/time-classifier.js';

/** natural's naive Bayes. Its logistic regression does not come to an end on thousands of messages. */
const trained = new natural.BayesClassifier();

await timeClassifier({
  train: async (messages) => {
    for (const { text, category } of messages) trained.addDocument(text, category);
    trained.train();
  },
  save: async () => JSON.stringify(trained),
  load: async (saved) => {
    const classifier = natural.BayesClassifier.restore(JSON.parse(String(saved)));
    return async ({ text }) => classifier.classify(text);
  },
});
