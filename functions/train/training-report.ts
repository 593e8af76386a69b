import type { Analysis } from '../src/ports/ai-engine.ts';
import type { Judged } from './evaluation.ts';
import { computeFigures } from './evaluation.ts';
import { evaluationText } from './evaluation-text.ts';
import type { LabelledMessage } from './labelled-file.ts';
import type { OperatingPoint } from './pressing-threshold.ts';
import type { Trained } from './train-model.ts';

export interface ReportInput {
  readonly trained: Trained;
  readonly judgedHoldout: readonly Judged[];
  readonly constant: Analysis;
  readonly additional: ReadonlyMap<string, readonly LabelledMessage[]>;
  readonly sizeBytes: number;
}

const SHOWN_POINTS = new Set([0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5]);

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}

function pointLine({ threshold, recall, falseAlarms }: OperatingPoint): string {
  return `| ${threshold.toFixed(2)} | ${percent(recall)} | ${percent(falseAlarms)} |`;
}

function thresholdSection({ operatingPoint, operatingPoints }: Trained): string {
  const shown = operatingPoints.filter(({ threshold }) => SHOWN_POINTS.has(threshold));
  return [
    '## When a message counts as pressing',
    `A message is called high or critical when the two together reach ${operatingPoint.threshold.toFixed(2)}: the point of the curve below that keeps the largest margin from both limits (at least 85 % of the pressing found, at most 12 % of the others alarmed). Chosen by cross-validation alone.`,
    [
      '| threshold | pressing called so | others called so |',
      '| --- | --- | --- |',
      ...shown.map(pointLine),
      pointLine(operatingPoint),
    ].join('\n'),
  ].join('\n\n');
}

function dataSection({ trained, additional, sizeBytes }: ReportInput): string {
  const sets = [...additional].map(([name, messages]) => `${name} (${messages.length})`).join(', ');
  const { features, outputs } = trained.model.header;
  return [
    '# The local model: report of its training',
    'Written by `npm run train`; the same data and code give the same bytes. Labels follow `functions/data/labelling-guide.md`.',
    `Measured on the ${trained.judged.length} messages of print-support-train.jsonl by cross-validation; learned besides from ${sets}, which are never measured on. The model has ${features} features and ${outputs.length} outputs in ${(sizeBytes / 1e6).toFixed(2)} MB.`,
  ].join('\n\n');
}

/** The whole report as Markdown. */
export function trainingReport(input: ReportInput): string {
  const { trained, judgedHoldout, constant } = input;
  return `${[
    dataSection(input),
    thresholdSection(trained),
    '## Cross-validation',
    'Every message was answered by heads and readouts that were fitted without it.',
    evaluationText(computeFigures(trained.judged, constant), trained.judged),
    '## Frozen holdout',
    `${judgedHoldout.length} messages that no part of the training has seen and that chose nothing.`,
    evaluationText(computeFigures(judgedHoldout, constant), judgedHoldout),
  ].join('\n\n')}\n`;
}
