import type { Sentence } from '../protocol/documentation.ts';

/** Sentences by their area ('' for none), the areas in the order in which they are first met. */
export const byArea = (sentences: readonly Sentence[]): Map<string, Sentence[]> => {
  const areas = new Map<string, Sentence[]>();
  for (const sentence of sentences) {
    const area = sentence.area ?? '';
    const members = areas.get(area);
    if (members) members.push(sentence);
    else areas.set(area, [sentence]);
  }
  return areas;
};
