import { median } from '../statistics.ts';
import { tableText } from '../table.ts';
import { type AddSample, type AddSamples, pacedPerSecond, storerNames } from './adds.ts';
import type { CursorRound, CursorSample, RelayName } from './cursors.ts';
import type { Field } from './field.ts';
import { type GoalResult, ofRaw } from './goals.ts';
import { type IdleSamples, idlerNames } from './idle.ts';

const twoPlaces = (number: number): string => number.toFixed(2);
const onePlace = (number: number): string => number.toFixed(1);
const whole = (number: number): string => Math.round(number).toLocaleString('en');
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const range = (numbers: readonly number[]): string =>
  `${twoPlaces(Math.min(...numbers))}-${twoPlaces(Math.max(...numbers))}`;

const labelOf = ({ raw, control, subjects }: Field, name: RelayName): string =>
  ({ raw, control, ...subjects })[name].label;

const cursorRow = (field: Field, rounds: readonly CursorRound[], name: RelayName): string[] => {
  const middle = (value: (sample: CursorSample) => number): number =>
    median(rounds.flatMap((round) => round.get(name) ?? []).map(value));
  const ratios = ofRaw(rounds, name);
  return [
    labelOf(field, name),
    twoPlaces(median(ratios)),
    range(ratios),
    whole(middle(({ perProcessorSecond }) => perProcessorSecond)),
    whole(middle(({ perSecond }) => perSecond)),
    percent(middle(({ delivered }) => delivered)),
    onePlace(middle(({ p50 }) => p50)),
    onePlace(middle(({ p99 }) => p99)),
  ];
};

const cursorHeader = ['', 'of raw ws', 'min-max', 'by CPU second', 'a second', 'in time', 'p50 ms', 'p99 ms'];

/** Deliveries in time; medians of the rounds. */
export const cursorTable = (field: Field, rounds: readonly CursorRound[]): string =>
  tableText(
    cursorHeader,
    [...(rounds[0]?.keys() ?? [])].map((name) => cursorRow(field, rounds, name)),
  );

const storerLabels = {
  bare: 'Socket.IO, group commit only',
  control: 'Socket.IO, group commit only (control)',
  rows: 'Socket.IO, the rows and events of Proofdesk, no rules',
  proofdesk: 'Proofdesk',
};

const addRow = (label: string, samples: readonly AddSample[], bare: readonly AddSample[]): string[] => {
  const middle = (value: (sample: AddSample) => number): number => median(samples.map(value));
  const ratio = (value: (sample: AddSample) => number): number =>
    median(samples.map((sample, round) => value(sample) / value(bare[round] ?? sample)));
  return [
    label,
    twoPlaces(ratio(({ perSecond }) => perSecond)),
    twoPlaces(ratio(({ perProcessorSecond }) => perProcessorSecond)),
    whole(middle(({ perSecond }) => perSecond)),
    onePlace(middle(({ p50 }) => p50)),
    onePlace(middle(({ p99 }) => p99)),
  ];
};

/** Acknowledged operations; medians of the rounds. */
export const addTable = ({ rounds, paced }: AddSamples): string => {
  const bare = rounds.map((round) => round.bare);
  const alone = rounds.map((round) => round.alone / round.bare.perSecond);
  const pacedBare = paced.map((round) => round.bare);
  return tableText(
    ['', 'of bare', 'by CPU second', 'acks a second', 'p50 ms', 'p99 ms'],
    [
      ...storerNames.map((name) =>
        addRow(
          storerLabels[name],
          rounds.map((round) => round[name]),
          bare,
        ),
      ),
      [
        'the same commit, no network',
        twoPlaces(median(alone)),
        '',
        whole(median(rounds.map((round) => round.alone))),
      ],
      addRow(`${storerLabels.bare}, ${whole(pacedPerSecond)} a second`, pacedBare, pacedBare),
      addRow(
        `${storerLabels.proofdesk}, ${whole(pacedPerSecond)} a second`,
        paced.map((round) => round.proofdesk),
        pacedBare,
      ),
    ],
  );
};

const idleLabels = {
  raw: 'raw ws relay',
  relay: 'Socket.IO relay',
  proofdesk: 'Proofdesk, authenticated and joined',
};

export const idleTable = (samples: IdleSamples): string =>
  tableText(
    ['', 'kB of heap', 'kB resident'],
    idlerNames.map((name) => [
      idleLabels[name],
      onePlace(samples[name].heap / 1_024),
      onePlace(samples[name].resident / 1_024),
    ]),
  );

export const goalLines = (results: readonly GoalResult[]): string =>
  results
    .map(({ text, bound, limit, reached, met }) => {
      return `  ${met ? 'met   ' : 'MISSED'}  ${text}: ${twoPlaces(reached)} (${bound} ${limit})`;
    })
    .join('\n');
