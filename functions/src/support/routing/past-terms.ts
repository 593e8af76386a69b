import { type Channel, channels } from '../../protocol/enumerations.ts';
import { historyWeights, outcomePrior } from './channel-weights.ts';
import { describe } from './factor-words.ts';
import { areRelated } from './issue-reading.ts';
import type { PastIssue, PolicyInput, Tally } from './policy-input.ts';
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

/** Proven where sessions about such issues were more often good than not, and weigh at least one of them. */
const isProven = ({ ended, resolved }: Tally): boolean =>
  resolved >= historyWeights.alikeCounts && resolved * 2 > ended;

const preferenceTerm = (preferred: Channel, counted: Tally): Term => {
  const weight = isProven(counted) ? historyWeights.preferredAndProven : historyWeights.preferred;
  return {
    name: 'preferredChannel',
    weights: byChannel((channel) => (channel === preferred ? weight : 0)),
    value: (channel) => describe.preferred(channel, preferred),
  };
};

type Tallies = Record<Channel, Tally>;

const noTallies = (): Tallies => ({
  'ai-chatbot': { ...none },
  'live-chat': { ...none },
  'co-browse': { ...none },
  'video-call': { ...none },
});

/** The customer's sessions that bear on the issue: as they are told, and as they count. */
interface OwnSessions {
  told: Tallies;
  counted: Tallies;
  any: boolean;
}

const addTo = (tally: Tally, endedWell: boolean, counts: number): void => {
  tally.ended += counts;
  if (endedWell) tally.resolved += counts;
};

/** Whether an earlier issue was about the same: the same field, and the same wish where that is known. */
const isAlike = ({ analysis, reading }: PolicyInput, { reading: earlier, category }: PastIssue): boolean =>
  (category === undefined || category === analysis.category) && areRelated(reading, earlier);

/**
 * A session about something else tells nothing of this issue. One of which only the channel is known counts
 * little, one that was about the same (or stands beside an issue that was) counts most.
 */
const ownSessions = (input: PolicyInput, related: boolean): OwnSessions => {
  const own: OwnSessions = { told: noTallies(), counted: noTallies(), any: false };
  for (const { channel, endedWell, issue } of input.history.sessions) {
    if (issue !== undefined && !isAlike(input, issue)) continue;
    const counts = related || issue !== undefined ? historyWeights.alikeCounts : historyWeights.unknownCounts;
    addTo(own.told[channel], endedWell, 1);
    addTo(own.counted[channel], endedWell, counts);
    own.any = true;
  }
  return own;
};

const ownHistoryTerm = ({ told, counted }: OwnSessions): Term => ({
  name: 'ownHistory',
  weights: byChannel((channel) => betaShift(historyWeights.ownPrior, counted[channel])),
  value: (channel, speaksFor) => describe.ownHistory(told[channel], speaksFor),
});

/** What the customer likes and what has helped them before. */
export const historyTerms = (input: PolicyInput): Term[] => {
  const terms: Term[] = [];
  const { preferredChannel, previousIssues } = input.history;
  const related = previousIssues.find((earlier) => isAlike(input, earlier));
  const own = ownSessions(input, related !== undefined);
  if (preferredChannel !== undefined)
    terms.push(preferenceTerm(preferredChannel, own.counted[preferredChannel]));
  if (related !== undefined) {
    const value = () => describe.recurring(related.reading.issue);
    terms.push({ name: 'relatedIssue', weights: historyWeights.recurring, value });
  }
  if (own.any) terms.push(ownHistoryTerm(own));
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
  return [
    {
      name: 'outcomes',
      weights,
      value: (channel, speaksFor) => describe.outcomes(outcomes[channel] ?? none, speaksFor),
    },
  ];
};
