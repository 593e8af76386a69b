import { allRecords } from '../../ports/every-record.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { RoutingDecision } from '../../ports/records.ts';
import { type Channel, channels } from '../../protocol/enumerations.ts';

/** Confidences of one size and how many of them were right. */
export interface ReliabilityBin {
  decisions: number;
  meanConfidence: number;
  rightShare: number;
}

/** How decisions for one channel turned out. */
export interface ChannelResult {
  channel: Channel;
  recommended: number;
  /** Sessions that were begun on the channel and have ended, whatever was recommended. */
  taken: number;
  resolved: number;
  escalated: number;
  abandoned: number;
  /** Mean of the ratings given, 1-5; undefined without any. */
  satisfaction: number | undefined;
}

export interface ReplayFigures {
  decisions: number;
  /** Decisions whose recommended channel was taken and whose session has ended. */
  judged: number;
  right: number;
  /** Ten bins of equal mass. */
  reliability: ReliabilityBin[];
  /** Expected calibration error over those bins, 0..1; undefined while nothing was judged. */
  calibrationError: number | undefined;
  /** Mean squared difference of confidence and outcome (Brier 1950); undefined while nothing was judged. */
  brier: number | undefined;
  /** Brier score of always saying the overall share of right decisions. */
  brierOfConstant: number | undefined;
  channels: ChannelResult[];
}

const binCount = 10;

interface Judgement {
  confidence: number;
  right: boolean;
}

const meanOf = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Sorts judgements by confidence into bins of equal mass; fewer than ten judgements make as many bins. */
const reliabilityOf = (judgements: readonly Judgement[]): ReliabilityBin[] => {
  const sorted = [...judgements].sort((left, right) => left.confidence - right.confidence);
  const bins = Math.min(binCount, sorted.length);
  return Array.from({ length: bins }, (_, bin) => {
    const from = Math.floor((bin * sorted.length) / bins);
    const members = sorted.slice(from, Math.floor(((bin + 1) * sorted.length) / bins));
    return {
      decisions: members.length,
      meanConfidence: meanOf(members.map(({ confidence }) => confidence)) ?? 0,
      rightShare: meanOf(members.map(({ right }) => Number(right))) ?? 0,
    };
  });
};

const channelResult = (channel: Channel, decisions: readonly RoutingDecision[]): ChannelResult => {
  const taken = decisions.filter(
    ({ outcome, chosenChannel, recommendedRoute }) =>
      outcome !== undefined && (chosenChannel ?? recommendedRoute) === channel,
  );
  const count = (outcome: RoutingDecision['outcome']): number =>
    taken.filter((decision) => decision.outcome === outcome).length;
  return {
    channel,
    recommended: decisions.filter(({ recommendedRoute }) => recommendedRoute === channel).length,
    taken: taken.length,
    resolved: count('resolved'),
    escalated: count('escalated'),
    abandoned: count('abandoned'),
    satisfaction: meanOf(
      taken.flatMap(({ satisfaction }) => (satisfaction === undefined ? [] : [satisfaction])),
    ),
  };
};

/** Calibration and outcomes of decisions as they were made and as they ended. */
export const figuresOf = (decisions: readonly RoutingDecision[]): ReplayFigures => {
  const judgements = decisions.flatMap(({ confidence, right }) =>
    right === undefined ? [] : [{ confidence, right }],
  );
  const right = judgements.filter((judgement) => judgement.right).length;
  const share = right / judgements.length;
  const reliability = reliabilityOf(judgements);
  const errors = reliability.map((bin) => Math.abs(bin.meanConfidence - bin.rightShare) * bin.decisions);
  const judged = judgements.length;
  const total = errors.reduce((sum, error) => sum + error, 0);
  return {
    decisions: decisions.length,
    judged,
    right,
    reliability,
    calibrationError: judged === 0 ? undefined : total / judged,
    brier: meanOf(judgements.map((judgement) => (judgement.confidence - Number(judgement.right)) ** 2)),
    brierOfConstant: meanOf(judgements.map((judgement) => (share - Number(judgement.right)) ** 2)),
    channels: channels.map((channel) => channelResult(channel, decisions)),
  };
};

/** Reads every stored decision, newest first, and computes its figures. */
export const replayDecisions = async (store: RecordStore): Promise<ReplayFigures> => {
  const newestFirst = { orderBy: 'at', direction: 'descending' } as const;
  return figuresOf(await allRecords(store, 'routingDecisions', newestFirst));
};
