const differentStrokes = 50;
const pointsOfStroke = 40;

const rounded = (number: number): number => Math.round(number * 10_000) / 10_000;

/** A line of 40 points, as a pen draws it: about 0.7 kB as JSON. */
const stroke = (number: number): object => ({
  color: '#d0021b',
  width: 2,
  path: Array.from({ length: pointsOfStroke }, (_, index) => {
    const angle = number + index / 8;
    return [rounded(0.5 + 0.4 * Math.sin(angle)), rounded(0.5 + 0.3 * Math.cos(angle * 1.3))];
  }),
});

/** What is drawn, again and again. */
export const strokes: readonly object[] = Array.from({ length: differentStrokes }, (_, index) =>
  stroke(index),
);
