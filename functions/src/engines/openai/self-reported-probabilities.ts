/**
 * How much of a probability that a language model states about its own answer is believed; the rest is shared
 * evenly among the labels. Models that put their confidence into words state far more than they keep (Xiong et
 * al., "Can LLMs Express Their Uncertainty?", ICLR 2024; Tian et al., "Just Ask for Calibration", EMNLP 2023).
 * With 0.8 a stated 1 becomes 0.83 among six categories, about as often as two fair judges of this task agree.
 * It is an assumption that keeps the engine modest, not a figure fitted to one model: change it when labelled
 * messages were run through the model in use.
 */
export const trustInSelfReport = 0.8;

/** A stated probability that one of `alternatives` labels is right, after the discount. */
export const discounted = (stated: number, alternatives: number): number =>
  trustInSelfReport * stated + (1 - trustInSelfReport) / alternatives;

/** The part of the whole that a chosen label gets when the model gave no usable numbers. */
const shareOfChosen = 0.75;

const usable = (value: number | undefined): number =>
  value !== undefined && Number.isFinite(value) && value > 0 ? Math.min(value, 100) : 0;

/**
 * Stated scores as discounted probabilities that add up to 1. The scale does not matter (percentages are fine),
 * missing and negative ones count 0. The label that the model chose never scores below another: models decide
 * better than they count.
 */
export const distribution = <Label extends string>(
  labels: readonly Label[],
  stated: Partial<Record<Label, number | undefined>>,
  chosen: Label,
): Record<Label, number> => {
  const raw = new Map(labels.map((label) => [label, usable(stated[label])]));
  raw.set(chosen, Math.max(...raw.values()));
  const total = [...raw.values()].reduce((sum, value) => sum + value, 0);
  const share = (label: Label): number => {
    if (total > 0) return (raw.get(label) ?? 0) / total;
    return label === chosen ? shareOfChosen : (1 - shareOfChosen) / (labels.length - 1);
  };
  const entries = labels.map((label) => [label, discounted(share(label), labels.length)] as const);
  return Object.fromEntries(entries) as Record<Label, number>;
};

/** The label with the highest stated score, the earlier one of equals; none when no score is usable. */
export const highest = <Label extends string>(
  labels: readonly Label[],
  stated: Partial<Record<Label, number | undefined>>,
): Label | undefined => {
  const ranked = labels.filter((label) => usable(stated[label]) > 0);
  ranked.sort((left, right) => usable(stated[right]) - usable(stated[left]));
  return ranked[0];
};
