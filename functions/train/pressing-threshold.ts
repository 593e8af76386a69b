export interface OperatingPoint {
  readonly threshold: number;
  /** Share of high and critical messages that are called so. */
  readonly recall: number;
  /** Share of the other messages that are called high or critical. */
  readonly falseAlarms: number;
}

const LEAST_RECALL = 0.85;
const MOST_FALSE_ALARMS = 0.12;

export function operatingPoints(
  probabilities: readonly number[],
  isPressing: readonly boolean[],
): OperatingPoint[] {
  const pressing = probabilities.filter((_, index) => isPressing[index]);
  const calm = probabilities.filter((_, index) => !isPressing[index]);
  const share = (values: number[], threshold: number): number =>
    values.filter((value) => value >= threshold).length / values.length;
  return Array.from({ length: 61 }, (_, step) => {
    const threshold = Number((0.1 + step * 0.01).toFixed(2));
    return { threshold, recall: share(pressing, threshold), falseAlarms: share(calm, threshold) };
  });
}

/** The point that stays furthest from both limits, each measured in parts of what lies between it and perfection. */
export function chooseOperatingPoint(points: readonly OperatingPoint[]): OperatingPoint {
  const safety = ({ recall, falseAlarms }: OperatingPoint): number =>
    Math.min(
      (recall - LEAST_RECALL) / (1 - LEAST_RECALL),
      (MOST_FALSE_ALARMS - falseAlarms) / MOST_FALSE_ALARMS,
    );
  return points.reduce((best, point) => (safety(point) > safety(best) ? point : best));
}
