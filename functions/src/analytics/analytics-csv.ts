import { stringify } from 'csv-stringify/sync';
import { analyticsGroups, type SessionAnalytics, type SessionFigures } from '../protocol/analytics.ts';
import { dateOfHour } from './local-days.ts';
import { hourMs } from './rollup.ts';

type Row = { group: string; key: string | null; name: string | null } & SessionFigures;

const rowsOf = ({ totals, breakdowns }: SessionAnalytics): Row[] => [
  { group: 'total', key: null, name: null, ...totals },
  ...analyticsGroups.flatMap((group) =>
    (breakdowns[group] ?? []).map((row): Row => ({ name: null, ...row, group })),
  ),
];

/**
 * One table for spreadsheets: the totals, then a row for each key of each breakdown; an empty cell where there is
 * nothing to divide by. It begins with a byte order mark, without which Excel garbles names, and a text that a
 * spreadsheet would run as a formula gets a leading apostrophe.
 */
export const analyticsCsv = (analytics: SessionAnalytics): string => {
  const rows = rowsOf(analytics);
  const columns = ['group', 'key', 'name', ...Object.keys(analytics.totals)];
  return stringify(rows, { header: true, columns, bom: true, escape_formulas: true });
};

/** Name under which a browser keeps the table: the first and the last local day in it. */
export const analyticsFileName = ({ from, to, timeZone }: SessionAnalytics): string => {
  const first = dateOfHour(Date.parse(from), timeZone);
  const last = dateOfHour(Date.parse(to) - hourMs, timeZone);
  return `sessions-${first}-to-${last}.csv`;
};
