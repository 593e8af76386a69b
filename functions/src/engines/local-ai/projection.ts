export interface Projected {
  readonly category: number[];
  readonly urgency: number[];
}

/**
 * Category and urgency are read apart and then projected on one label each: every pair is weighed by how often the
 * two go together in the labelled messages (`affinity`, one row a category), and each side is summed up again. So a
 * message about a fault that must be mended within the hour becomes `urgent`, and the word "urgent" on a message
 * that can wait does not.
 */
export function project(
  category: readonly number[],
  urgency: readonly number[],
  affinity: readonly (readonly number[])[],
): Projected {
  const joint = category.map((share, row) =>
    urgency.map((other, column) => share * other * (affinity[row]?.[column] as number)),
  );
  const rows = joint.map((values) => values.reduce((sum, value) => sum + value, 0));
  const total = rows.reduce((sum, value) => sum + value, 0);
  return {
    category: rows.map((value) => value / total),
    urgency: urgency.map((_, column) => joint.reduce((sum, row) => sum + (row[column] as number), 0) / total),
  };
}
