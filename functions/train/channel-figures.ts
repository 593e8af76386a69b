import { type Channel, channels } from '../src/protocol/enumerations.ts';
import { recommendChannel } from '../src/support/routing/channel-policy.ts';
import { readIssue } from '../src/support/routing/issue-reading.ts';
import type { Judged } from './evaluation.ts';
import {
  brierScore,
  type Claim,
  calibrationBins,
  classFigures,
  confusion,
  expectedCalibrationError,
  macroF1,
  share,
  withInterval,
} from './figures.ts';

/** A message with the channel a fair judge chose and what the policy gives to each. */
export interface JudgedChannel {
  readonly label: Channel;
  readonly route: Channel;
  readonly scores: Record<Channel, number>;
}

/** The policy on messages without any history, outcomes or closing time: what the labels can judge. */
export const judgeChannels = (judged: readonly Judged[]): JudgedChannel[] =>
  judged.flatMap(({ message, analysis }) => {
    if (message.channel === undefined) return [];
    const { route, confidence, alternatives } = recommendChannel({
      reading: readIssue(message.text),
      analysis,
      history: { previousIssues: [], sessions: [] },
      outcomes: {},
      availability: { offered: channels, open: true, busy: [] },
    });
    const scored = [[route, confidence], ...alternatives.map((other) => [other.route, other.score])];
    const scores = Object.fromEntries(scored) as Record<Channel, number>;
    return [{ label: message.channel, route, scores }];
  });

/** Always the commonest channel, with the shares of the labels as its probabilities. */
const constantChannels = (judged: readonly JudgedChannel[]): JudgedChannel[] => {
  const shareOf = (channel: Channel): number => share(judged, ({ label }) => label === channel);
  const scores = Object.fromEntries(channels.map((channel) => [channel, shareOf(channel)])) as Record<
    Channel,
    number
  >;
  const route = channels.reduce((best, channel) => (scores[channel] > scores[best] ? channel : best));
  return judged.map(({ label }) => ({ label, route, scores }));
};

const labelsOf = (judged: readonly JudgedChannel[]): Channel[] => judged.map(({ label }) => label);
const routesOf = (judged: readonly JudgedChannel[]): Channel[] => judged.map(({ route }) => route);

const claimsOf = (judged: readonly JudgedChannel[]): Claim[] =>
  judged.map(({ label, route, scores }) => ({ confidence: scores[route], isRight: label === route }));

const statistics: readonly (readonly [string, (judged: readonly JudgedChannel[]) => number])[] = [
  ['channel accuracy', (judged) => share(judged, ({ label, route }) => label === route)],
  ['channel macro-F1', (judged) => macroF1(channels, labelsOf(judged), routesOf(judged))],
  [
    'channel among the first two',
    (judged) =>
      share(
        judged,
        ({ label, scores }) => channels.filter((each) => scores[each] > scores[label]).length < 2,
      ),
  ],
  ['channel confidence ECE', (judged) => expectedCalibrationError(claimsOf(judged))],
  [
    'channel Brier',
    (judged) =>
      brierScore(
        channels,
        labelsOf(judged),
        judged.map(({ scores }) => scores),
      ),
  ],
];

const three = (value: number): string => value.toFixed(3);

const table = (heading: readonly string[], rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
};

const figureRows = (judged: readonly JudgedChannel[]): string[][] => {
  const constant = constantChannels(judged);
  return statistics.map(([name, statistic]) => {
    const { value, low, high } = withInterval(judged, statistic);
    return [name, three(value), `${three(low)} - ${three(high)}`, three(statistic(constant))];
  });
};

const classRows = (judged: readonly JudgedChannel[]): string[][] =>
  classFigures(channels, labelsOf(judged), routesOf(judged)).map(
    ({ name, support, precision, recall, f1 }) => [
      name,
      String(support),
      three(precision),
      three(recall),
      three(f1),
    ],
  );

const confusionRows = (judged: readonly JudgedChannel[]): string[][] =>
  confusion(channels, labelsOf(judged), routesOf(judged)).map((counts, row) => [
    channels[row] ?? '',
    ...counts.map(String),
  ]);

const calibrationRows = (judged: readonly JudgedChannel[]): string[][] =>
  calibrationBins(claimsOf(judged)).map(({ count, confidence, accuracy }, bin) => [
    String(bin + 1),
    String(count),
    three(confidence),
    three(accuracy),
  ]);

/** Every figure of the channel policy on the messages that name a channel, as Markdown; empty without any. */
export const channelFigures = (judged: readonly Judged[]): string => {
  const channelsJudged = judgeChannels(judged);
  if (channelsJudged.length === 0) return '';
  return [
    '#### Channel (the policy over the engine’s answers)',
    table(['figure', 'policy', '95 % interval', 'constant predictor'], figureRows(channelsJudged)),
    table(['label', 'messages', 'precision', 'recall', 'F1'], classRows(channelsJudged)),
    table(['label \\ answer', ...channels], confusionRows(channelsJudged)),
    table(['bin', 'messages', 'mean confidence', 'share right'], calibrationRows(channelsJudged)),
  ].join('\n\n');
};
