import { type Channel, channels } from '../../protocol/enumerations.ts';
import { historyWeights, outcomePrior } from './channel-weights.ts';
import { describe } from './factor-words.ts';
import { areRelated } from './issue-reading.ts';
import type { PolicyInput, Tally } from './policy-input.ts';
import { byChannel, type Term } from './policy-term.ts';

const logit = (rate: number): number => Math.log(rate / (1 - rate));

/**
 * Log-odds by which the mean of a Beta posterior differs from its prior mean: the prior counts as `sessions`
 * sessions of which the share `rate` ended well (conjugate update of a Bernoulli rate).
 */
const betaShift = (prior: { rate: number; sessions: number }, tally: Tally): number => {
  const rate = (prior.rate * prior.sessions + tally.resolved) / (prior.sessions + tally.ended);
  return logit(rate) - logit(prior.rate);
};

const none: Tally = { ended: 0, resolved: 0 };

const preferenceTerm = (preferred: Channel, { ended, resolved }: Tally): Term => {
  const weight = resolved * 2 > ended ? historyWeights.preferredAndProven : historyWeights.preferred;
  return {
    name: 'preferredChannel',
    weights: byChannel((channel) => (channel === preferred ? weight : 0)),
    value: (channel) => describe.preferred(channel, preferred),
  };
};

const ownHistoryTerm = ({ tallies }: PolicyInput['history'], counts: number): Term => ({
  name: 'ownHistory',
  weights: byChannel((channel) => {
    const { ended, resolved } = tallies[channel] ?? none;
    return betaShift(historyWeights.ownPrior, { ended: ended * counts, resolved: resolved * counts });
  }),
  value: (channel) => describe.ownHistory(tallies[channel] ?? none),
});

/** What the customer likes and what has helped them before. */
export const historyTerms = ({ history, reading }: PolicyInput): Term[] => {
  const terms: Term[] = [];
  const { preferredChannel, previousIssues, tallies } = history;
  const related = previousIssues.find((earlier) => areRelated(reading, earlier));
  if (preferredChannel !== undefined) {
    terms.push(preferenceTerm(preferredChannel, tallies[preferredChannel] ?? none));
  }
  if (related !== undefined) {
    const value = () => describe.recurring(related.issue);
    terms.push({ name: 'relatedIssue', weights: historyWeights.recurring, value });
  }
  if (channels.some((channel) => (tallies[channel]?.ended ?? 0) > 0)) {
    terms.push(ownHistoryTerm(history, related === undefined ? 1 : historyWeights.relatedSuccessCounts));
  }
  return terms;
};

/**
 * Outcomes of all customers. The prior rate is the pooled one of the kind, so that a kind which ends badly
 * everywhere speaks against no channel.
 */
export const outcomeTerms = ({ outcomes }: PolicyInput): Term[] => {
  const total = { ...none };
  for (const channel of channels) {
    total.ended += outcomes[channel]?.ended ?? 0;
    total.resolved += outcomes[channel]?.resolved ?? 0;
  }
  if (total.ended === 0) return [];
  const { sessions, rateSessions } = outcomePrior;
  const rate = (outcomePrior.rate * rateSessions + total.resolved) / (rateSessions + total.ended);
  const weights = byChannel((channel) => betaShift({ rate, sessions }, outcomes[channel] ?? none));
  return [{ name: 'outcomes', weights, value: (channel) => describe.outcomes(outcomes[channel] ?? none) }];
};
