import type { AnalysisCache } from '../../ports/analysis-cache.ts';
import type { History } from '../../ports/history.ts';
import type { Fact } from '../../protocol/facts.ts';
import type { ContentReading, ContentReadingOptions } from './content-reading.ts';
import type { FactProgress, ReadFacts } from './fact.ts';
import type { HistoryReading } from './fusion/read-history.ts';

interface ReadFactsParts {
  history: History;
  /** Remembers what was found in contents; without it every run reads anew. */
  cache?: AnalysisCache | undefined;
}

/** Parsers are loaded when something is to be parsed. */
const readShown = async (options: ContentReadingOptions): Promise<ContentReading> => {
  const { readContent } = await import('./content-reading.ts');
  return readContent(options);
};

/** What the first commits of a shallow clone hold may be as old as the product: nothing proves that it is new. */
const withoutUnknownBeginnings = (facts: readonly Fact[], { commits }: HistoryReading): Fact[] => {
  const first = new Set(commits.flatMap(({ id, isFirst }) => (isFirst ? [id] : [])));
  return facts.filter(({ change, commit }) => change !== 'added' || !first.has(commit));
};

/** Makes the reader of facts for one repository. */
export const createReadFacts =
  ({ history, cache }: ReadFactsParts): ReadFacts =>
  async ({ from, to, content = true, onProgress, signal }) => {
    // What is needed next is loaded while git is at work.
    const [range, { readHistory }, { reportFacts }] = await Promise.all([
      history.resolve({ from, to }),
      import('./fusion/read-history.ts'),
      import('./fact-report.ts'),
    ]);
    const tell = (phase: FactProgress['phase']) => {
      let done = 0;
      return (): void => {
        done += 1;
        onProgress?.({ phase, done });
      };
    };
    const shown = content
      ? await readShown({ history, range, cache, signal, onRead: tell('content') })
      : undefined;
    const traced = shown?.traced ?? new Set<string>();
    const reading = await readHistory({ history, range, traced, signal, onCommit: tell('history') });
    // Between a commit and one of its own past lies nothing, though their contents differ.
    const isEmpty = reading.commits.length === 0;
    const found = isEmpty ? [] : ((await shown?.factsOf(reading)) ?? []);
    const facts = range.shallow ? withoutUnknownBeginnings(found, reading) : found;
    await cache?.flush();
    onProgress?.({ phase: 'fusion', done: reading.commits.length, total: reading.commits.length });
    return reportFacts(range, reading, facts, isEmpty ? [] : (shown?.unresolved ?? []), content);
  };
