import { atLeast, type GoalResult, inRange } from '../realtime/goals.ts';
import { median } from '../statistics.ts';
import { tableText } from '../table.ts';
import { type DeskName, deskNames } from './desks.ts';
import type { NodeRound, NodeSample } from './measure-nodes.ts';

const leastOfOne = 0.6;
/** One node, which needs the least, must have kept up, or what came late was the machine's doing. */
const leastDelivered = 0.95;

const labels: Record<DeskName, string> = {
  one: 'one node, in memory',
  control: 'one node, in memory (control)',
  two: 'two nodes, members of each room on both',
  hashed: 'two nodes, each room whole at one',
};

const ofOne = (rounds: readonly NodeRound[], name: DeskName): number[] =>
  rounds.map((round) => round[name].perProcessorSecond / round.one.perProcessorSecond);

/** With Redis' own processor time counted as well. */
const withRedis = (rounds: readonly NodeRound[]): number =>
  median(
    rounds.map(({ one, two }) => {
      const share = two.processorMs / (two.processorMs + two.redisMs);
      return (two.perProcessorSecond * share) / one.perProcessorSecond;
    }),
  );

const rowOf = (rounds: readonly NodeRound[], name: DeskName): string[] => {
  const middle = (value: (sample: NodeSample) => number): number =>
    median(rounds.map((round) => value(round[name])));
  const whole = (number: number): string => Math.round(number).toLocaleString('en');
  const ratios = ofOne(rounds, name);
  return [
    labels[name],
    ...[median(ratios), Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2)),
    whole(middle(({ perProcessorSecond }) => perProcessorSecond)),
    whole(middle(({ perSecond }) => perSecond)),
    `${(middle(({ delivered }) => delivered) * 100).toFixed(1)} %`,
    ...[middle(({ p50 }) => p50), middle(({ p99 }) => p99)].map((ms) => ms.toFixed(1)),
    whole(middle(({ redisMs }) => redisMs)),
  ];
};

const header = [
  '',
  'of one',
  'least',
  'greatest',
  'by CPU second',
  'a second',
  'in time',
  'p50 ms',
  'p99 ms',
];

/** Deliveries in time; medians of the rounds. */
export const nodesTable = (rounds: readonly NodeRound[]): string =>
  tableText(
    [...header, 'Redis CPU ms'],
    deskNames.map((name) => rowOf(rounds, name)),
  );

export const redisLine = (rounds: readonly NodeRound[]): string =>
  `With the processor time of Redis counted as well: ${withRedis(rounds).toFixed(2)} of one node.`;

export const judgeNodes = (rounds: readonly NodeRound[]): GoalResult =>
  atLeast(
    'cursors of two nodes in rooms of 10, of one node in memory',
    leastOfOne,
    median(ofOne(rounds, 'two')),
  );

/** Whether the control says that a measurement can be believed. */
export const nodesBelievable = (rounds: readonly NodeRound[]): boolean =>
  inRange(median(ofOne(rounds, 'control'))) &&
  median(rounds.map(({ one }) => one.delivered)) >= leastDelivered;
