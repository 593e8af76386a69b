import { categories, urgencies } from '../src/protocol/enumerations.ts';
import type { LabelledMessage } from './labelled-file.ts';

/** How far the projection trusts the counts; chosen by cross-validation among 0, 0.3, 0.6 and 1. */
const STRENGTH = 0.3;

/**
 * How much more often a category and an urgency go together than by chance: (P(c, u) / P(c) P(u)) ^ STRENGTH, with
 * one added to every count.
 */
export function fitAffinity(messages: readonly LabelledMessage[]): number[][] {
  const counts = categories.map((category) =>
    urgencies.map(
      (urgency) =>
        1 + messages.filter((message) => message.category === category && message.urgency === urgency).length,
    ),
  );
  const total = counts.flat().reduce((sum, count) => sum + count, 0);
  const ofUrgency = urgencies.map((_, column) =>
    counts.reduce((sum, row) => sum + (row[column] as number), 0),
  );
  return counts.map((row) => {
    const ofCategory = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, column) => {
      const lift = (count * total) / (ofCategory * (ofUrgency[column] as number));
      return Number((lift ** STRENGTH).toPrecision(6));
    });
  });
}
