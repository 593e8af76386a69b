import type { ChannelOutcome } from '../../ports/records.ts';
import type { Category, Channel } from '../../protocol/enumerations.ts';
import type { Tally } from './policy-input.ts';

export type ComplexityBand = ChannelOutcome['complexityBand'];

/** Complexity 1-3, 4-6 and 7-10: fine enough to differ, coarse enough to fill. */
export const complexityBandOf = (complexity: number): ComplexityBand => {
  if (complexity <= 3) return 'low';
  return complexity <= 6 ? 'middle' : 'high';
};

/** Outcomes of one kind of issue, by channel. */
export type KindOutcomes = Partial<Record<Channel, Tally>>;

const kindOf = (category: Category, band: ComplexityBand): string => `${category}-${band}`;

/** Id of the counter of one channel and kind. */
export const channelOutcomeId = (channel: Channel, category: Category, band: ComplexityBand): string =>
  `${channel}-${kindOf(category, band)}`;

const nothing: KindOutcomes = Object.freeze({});

/** Looks up how issues of a kind ended. */
export const outcomeLookup = (
  rows: readonly ChannelOutcome[],
): ((category: Category, complexity: number) => KindOutcomes) => {
  const kinds = new Map<string, KindOutcomes>();
  for (const { channel, category, complexityBand, ended, resolved } of rows) {
    const kind = kindOf(category, complexityBand);
    kinds.set(kind, { ...kinds.get(kind), [channel]: { ended, resolved } });
  }
  return (category, complexity) => kinds.get(kindOf(category, complexityBandOf(complexity))) ?? nothing;
};
