import { median } from '../statistics.ts';
import { tableText } from '../table.ts';
import type { Field } from './field.ts';
import { judgeGoals } from './goals.ts';
import { ratios, type Sample, type Samples } from './rounds.ts';

const twoPlaces = (number: number): string => number.toFixed(2);
const whole = (number: number): string => Math.round(number).toLocaleString('en');

const row = (label: string, samples: readonly Sample[], which: keyof Sample): string[] => {
  const ofExpress = ratios(samples, which, 'express');
  const control = median(ratios(samples, 'control', 'express'));
  return [
    label,
    twoPlaces(median(ofExpress)),
    `${twoPlaces(Math.min(...ofExpress))}-${twoPlaces(Math.max(...ofExpress))}`,
    twoPlaces(control),
    whole(median(samples.map((sample) => sample[which]))),
  ];
};

const header = ['', 'of bare Express', 'min-max', 'control', 'requests per CPU second'];

/** The table of one measurement: medians of the rounds, and what the control says of them. */
export const reportTable = (field: Field, samples: Samples): string => {
  const all = [...samples.values()].flat();
  return tableText(header, [
    row(field.express.label, all, 'express'),
    row(field.control.label, all, 'control'),
    row(field.usual.label, all, 'usual'),
    ...[...samples].map(([subject, taken]) => row(field.subjects[subject].label, taken, 'subject')),
  ]);
};

export const reportGoals = (samples: Samples): string =>
  judgeGoals(samples)
    .map(({ text, least, reached, met }) => {
      const verdict = met ? 'met   ' : 'MISSED';
      return `  ${verdict}  ${text}: ${twoPlaces(reached)} (at least ${twoPlaces(least)})`;
    })
    .join('\n');
