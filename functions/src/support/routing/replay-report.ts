import type { ChannelResult, ReliabilityBin, ReplayFigures } from './replay.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const fixed = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(3));

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '))
    .join('\n');
};

const reliabilityRows = (bins: readonly ReliabilityBin[]): string[][] => [
  ['decisions', 'said', 'was right'],
  ...bins.map(({ decisions, meanConfidence, rightShare }) => [
    String(decisions),
    percent(meanConfidence),
    percent(rightShare),
  ]),
];

const channelRow = (result: ChannelResult): string[] => {
  const { channel, recommended, taken, resolved, escalated, abandoned, satisfaction } = result;
  const counts = [recommended, taken, resolved, escalated, abandoned].map(String);
  return [channel, ...counts, satisfaction === undefined ? '-' : satisfaction.toFixed(2)];
};

const channelHead = ['channel', 'recommended', 'taken', 'resolved', 'escalated', 'abandoned', 'satisfaction'];

/** The figures as people read them on a terminal. */
export const replayReport = (figures: ReplayFigures): string => {
  const { decisions, judged, right } = figures;
  const channelTable = table([channelHead, ...figures.channels.map(channelRow)]);
  const head = `${decisions} decisions stored, ${judged} judged by an outcome on the recommended channel`;
  if (judged === 0) return `${head}.\n\n${channelTable}\n`;
  const { calibrationError, brier, brierOfConstant } = figures;
  return [
    `${head}, ${right} of them right (${percent(right / judged)}).`,
    table(reliabilityRows(figures.reliability)),
    `Calibration error (ECE, bins of equal mass) ${fixed(calibrationError)}, ` +
      `Brier ${fixed(brier)} (always saying ${percent(right / judged)}: ${fixed(brierOfConstant)})`,
    channelTable,
    '',
  ].join('\n\n');
};
