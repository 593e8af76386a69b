import { categories, emotions, sentiments, urgencies } from '../src/protocol/enumerations.ts';
import type { Figure, Judged } from './evaluation.ts';
import { categoryClaims, isAcceptable, isPressing } from './evaluation.ts';
import { calibrationBins, classFigures, confusion, macroF1, share } from './figures.ts';
import { SliceFinder } from './slices.ts';

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}

function three(value: number): string {
  return value.toFixed(3);
}

export function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, engine, constant }) => [
    name,
    three(engine.value),
    `${three(engine.low)} - ${three(engine.high)}`,
    three(constant),
  ]);
  return table(['figure', 'engine', '95 % interval', 'constant predictor'], rows);
}

function classTable(
  names: readonly string[],
  labels: readonly string[],
  predictions: readonly string[],
): string {
  const rows = classFigures(names, labels, predictions).map(({ name, support, precision, recall, f1 }) => [
    name,
    String(support),
    three(precision),
    three(recall),
    three(f1),
  ]);
  return table(['label', 'messages', 'precision', 'recall', 'F1'], rows);
}

function confusionTable(
  names: readonly string[],
  labels: readonly string[],
  predictions: readonly string[],
): string {
  const counts = confusion(names, labels, predictions);
  return table(
    ['label \\ answer', ...names],
    names.map((name, row) => [name, ...(counts[row] as number[]).map(String)]),
  );
}

function labelSection(
  title: string,
  field: 'category' | 'sentiment' | 'urgency' | 'emotion',
  names: readonly string[],
  judged: readonly Judged[],
): string {
  const labelled = judged.filter(({ message }) => message[field] !== undefined);
  const labels = labelled.map(({ message }) => message[field] as string);
  const predictions = labelled.map(({ analysis }) => analysis[field]);
  return [
    `#### ${title}`,
    classTable(names, labels, predictions),
    confusionTable(names, labels, predictions),
  ].join('\n\n');
}

function calibrationSection(judged: readonly Judged[]): string {
  const rows = calibrationBins(categoryClaims(judged)).map(({ count, confidence, accuracy }, bin) => [
    String(bin + 1),
    String(count),
    three(confidence),
    three(accuracy),
  ]);
  return `#### Calibration of the category's confidence\n\n${table(['bin', 'messages', 'mean confidence', 'share right'], rows)}`;
}

function sliceRow(name: string, judged: readonly Judged[]): string[] {
  const labels = judged.map(({ message }) => message.category);
  const feelings = judged.map(({ message }) => message.sentiment);
  return [
    name,
    String(judged.length),
    three(share(judged, ({ message, analysis }) => message.category === analysis.category)),
    three(share(judged, isAcceptable)),
    three(
      macroF1(
        categories,
        labels,
        judged.map(({ analysis }) => analysis.category),
      ),
    ),
    three(
      macroF1(
        sentiments,
        feelings,
        judged.map(({ analysis }) => analysis.sentiment),
      ),
    ),
    three(
      share(judged, ({ message, analysis }) => isPressing(message.urgency) === isPressing(analysis.urgency)),
    ),
  ];
}

function sliceSection(judged: readonly Judged[]): string {
  const finder = new SliceFinder();
  const members = new Map<string, Judged[]>();
  for (const entry of judged) {
    for (const slice of finder.slicesOf(entry.message))
      members.set(slice, [...(members.get(slice) ?? []), entry]);
  }
  const rows = [...members.keys()].sort().map((name) => sliceRow(name, members.get(name) as Judged[]));
  const heading = [
    'slice',
    'messages',
    'category right',
    'within acceptable',
    'category macro-F1',
    'sentiment macro-F1',
    'pressing or not right',
  ];
  return `#### Slices\n\n${table(heading, rows)}`;
}

/** All tables of one evaluation as Markdown. */
export function evaluationText(figures: readonly Figure[], judged: readonly Judged[]): string {
  return [
    figuresTable(figures),
    labelSection('Category', 'category', categories, judged),
    labelSection('Sentiment', 'sentiment', sentiments, judged),
    labelSection('Urgency', 'urgency', urgencies, judged),
    labelSection('Emotion (where labelled)', 'emotion', emotions, judged),
    calibrationSection(judged),
    sliceSection(judged),
  ].join('\n\n');
}
