import { GROUP_COUNT } from '../src/engines/local-ai/feature-list.ts';
import { FeatureExtractor } from '../src/engines/local-ai/features.ts';

/** Rows of TF-IDF features in compressed form; columns are the features that occur in at least three texts. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly keys: Int32Array;
  readonly idf: Float32Array;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

interface CountedText {
  readonly hashes: number[];
  readonly counts: number[];
  readonly groups: number[];
}

const FEWEST_TEXTS = 3;

function countFeatures(extractor: FeatureExtractor, text: string): CountedText {
  const list = extractor.extract(text);
  const places = new Map<number, number>();
  const counted: CountedText = { hashes: [], counts: [], groups: [] };
  for (let index = 0; index < list.count; index++) {
    const hash = list.hashes[index] as number;
    const place = places.get(hash);
    if (place !== undefined) {
      (counted.counts[place] as number)++;
      continue;
    }
    places.set(hash, counted.hashes.length);
    counted.hashes.push(hash);
    counted.counts.push(1);
    counted.groups.push(list.groups[index] as number);
  }
  return counted;
}

/** The commonest come first, so that the rows which most texts need lie together in memory. */
function chooseColumns(texts: readonly CountedText[]): { columnOf: Map<number, number>; idf: Float32Array } {
  const frequency = new Map<number, number>();
  for (const { hashes } of texts)
    for (const hash of hashes) frequency.set(hash, (frequency.get(hash) ?? 0) + 1);
  const kept = [...frequency]
    .filter(([, count]) => count >= FEWEST_TEXTS)
    .sort(([, left], [, right]) => right - left);
  const idf = Float32Array.from(kept, ([, count]) => Math.log((1 + texts.length) / (1 + count)) + 1);
  return { columnOf: new Map(kept.map(([hash], column) => [hash, column])), idf };
}

/** Sublinear TF-IDF (1 + ln tf) * idf, each feature group scaled to its weight (Salton and Buckley 1988). */
export function buildFeatureMatrix(
  messages: readonly string[],
  groupWeights: readonly number[],
): FeatureMatrix {
  const extractor = new FeatureExtractor();
  const texts = messages.map((message) => countFeatures(extractor, message));
  const { columnOf, idf } = chooseColumns(texts);
  const starts = [0];
  const columns: number[] = [];
  const values: number[] = [];
  for (const text of texts) {
    appendRow(text, columnOf, idf, groupWeights, columns, values);
    starts.push(columns.length);
  }
  return {
    rows: texts.length,
    keys: Int32Array.from(columnOf.keys()),
    idf,
    starts: Int32Array.from(starts),
    columns: Int32Array.from(columns),
    values: Float32Array.from(values),
  };
}

function appendRow(
  text: CountedText,
  columnOf: Map<number, number>,
  idf: Float32Array,
  groupWeights: readonly number[],
  columns: number[],
  values: number[],
): void {
  const squares = new Float64Array(GROUP_COUNT);
  const known: { column: number; value: number; group: number }[] = [];
  for (const [index, hash] of text.hashes.entries()) {
    const column = columnOf.get(hash);
    if (column === undefined) continue;
    const value = (1 + Math.log(text.counts[index] as number)) * (idf[column] as number);
    const group = text.groups[index] as number;
    (squares[group] as number) += value * value;
    known.push({ column, value, group });
  }
  for (const { column, value, group } of known) {
    columns.push(column);
    values.push((value * (groupWeights[group] as number)) / Math.sqrt(squares[group] as number));
  }
}
