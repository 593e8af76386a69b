import type { Latencies } from '../realtime/latencies.ts';
import { tableText } from '../table.ts';
import { reportUsage } from './report.ts';
import type { RealtimeOutcome, RealtimeProfile } from './run-realtime-load.ts';

/** A cursor that comes later shows where somebody was. */
const latestMs = 60;

const row = (label: string, latencies: Latencies, expected: number, seconds: number): string[] => {
  const { count } = latencies;
  const quantiles = [0.5, 0.95, 0.99, 1].map((share) => latencies.quantile(share));
  return [
    label,
    String(count),
    (count / seconds).toFixed(0),
    `${((count / expected) * 100).toFixed(1)} %`,
    ...quantiles.map((ms) => (Number.isNaN(ms) ? '-' : ms.toFixed(1))),
  ];
};

const header = ['', 'arrived', 'a second', 'of those due', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms'];

/** How a room fared, for whoever decides how large a server must be. */
export const reportRealtime = (outcome: RealtimeOutcome, profile: RealtimeProfile): string => {
  const { moves, cursors, strokes, acks, before, after } = outcome;
  const seconds = profile.minutes * 60;
  const rows = [
    row('cursor moves at other clients', cursors, moves * (profile.roomSize - 1), seconds),
    row('strokes acknowledged', acks, strokes, seconds),
  ];
  const inTime = (cursors.within(latestMs) / Math.max(1, cursors.count)) * 100;
  return [
    tableText(header, rows),
    '',
    `Cursors within ${latestMs} ms: ${inTime.toFixed(1)} %`,
    reportUsage(before, after, seconds),
  ].join('\n');
};
