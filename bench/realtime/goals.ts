import { median } from '../statistics.ts';
import type { AddSamples } from './adds.ts';
import type { CursorLoad, CursorRound, RelayName } from './cursors.ts';
import type { IdleSamples } from './idle.ts';

/** How a goal was met. */
export interface GoalResult {
  text: string;
  bound: 'at least' | 'at most';
  limit: number;
  reached: number;
  met: boolean;
}

export const atLeast = (text: string, limit: number, reached: number): GoalResult => ({
  text,
  bound: 'at least',
  limit,
  reached,
  met: reached >= limit,
});

const atMost = (text: string, limit: number, reached: number): GoalResult => ({
  text,
  bound: 'at most',
  limit,
  reached,
  met: reached <= limit,
});

/** Ratios of deliveries by processor-second to the raw relay's in the same round. */
export const ofRaw = (rounds: readonly CursorRound[], name: RelayName): number[] =>
  rounds.map((round) => {
    const [own, raw] = [round.get(name), round.get('raw')];
    return own === undefined || raw === undefined
      ? Number.NaN
      : own.perProcessorSecond / raw.perProcessorSecond;
  });

const p99Of = (rounds: readonly CursorRound[], name: RelayName): number =>
  median(rounds.map((round) => round.get(name)?.p99 ?? Number.NaN));

/** At least so much of the raw relay, by room size. */
const leastOfRaw: Readonly<Record<number, number>> = { 10: 1, 50: 2 };

export const judgeCursors = (rounds: readonly CursorRound[], { roomSize }: CursorLoad): GoalResult[] => [
  atLeast(
    `cursors in rooms of ${roomSize}, of the raw ws relay`,
    leastOfRaw[roomSize] ?? 1,
    median(ofRaw(rounds, 'proofdesk')),
  ),
  atMost(`p99 of cursors in rooms of ${roomSize}, ms`, 60, p99Of(rounds, 'proofdesk')),
];

export const judgeAdds = ({ rounds, paced }: AddSamples): GoalResult[] => [
  atLeast(
    'durable adds a second, of the bare group-committing server',
    0.6,
    median(rounds.map(({ bare, proofdesk }) => proofdesk.perSecond / bare.perSecond)),
  ),
  atMost('p99 of acks at 1,000 adds a second, ms', 10, median(paced.map(({ proofdesk }) => proofdesk.p99))),
];

export const judgeIdle = ({ proofdesk }: IdleSamples): GoalResult[] => [
  atMost('idle connection, kB of heap', 40, proofdesk.heap / 1_024),
  atMost('idle connection, kB of resident memory', 40, proofdesk.resident / 1_024),
];

/** Two equal servers differ by no more than this on a machine that is quiet enough. */
export const controlRange = { lowest: 0.8, highest: 1.25 };

/** The references, which need the least, must have kept up, or what came late was the machine's doing. */
const leastDelivered = 0.95;
const mostMsOfRaw = 20;
const mostMsOfBare = 10;

/** Of two equal servers. */
export const inRange = (ratio: number): boolean =>
  ratio >= controlRange.lowest && ratio <= controlRange.highest;

/** Whether the controls say that a measurement can be believed. */
export const cursorsBelievable = (rounds: readonly CursorRound[]): boolean =>
  inRange(median(ofRaw(rounds, 'control'))) &&
  median(rounds.map((round) => round.get('raw')?.delivered ?? 0)) >= leastDelivered &&
  p99Of(rounds, 'raw') <= mostMsOfRaw;

export const addsBelievable = ({ rounds, paced }: AddSamples): boolean =>
  inRange(median(rounds.map(({ bare, control }) => control.perSecond / bare.perSecond))) &&
  median(paced.map(({ bare }) => bare.p99)) <= mostMsOfBare;
