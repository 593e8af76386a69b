/**
 * Values of one list in a query. Firestore takes 30 (https://firebase.google.com/docs/firestore/query-data/queries);
 * it took 10 for years, and servers that only look like it still do.
 */
const mostValues = 10;

/** The list cut into parts that a query takes. */
export const inParts = (values: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(values.length / mostValues) }, (_, index) =>
    values.slice(index * mostValues, (index + 1) * mostValues),
  );
