import type { AnalysisCache } from '../../../ports/analysis-cache.ts';
import type { History } from '../../../ports/history.ts';
import { type FileKind, fileKind, isSource } from './file-kind.ts';
import { detectorVersion, type FileSummary } from './file-summary.ts';
import { createParserTrial, mayOverflow, type ParserTrial } from './parser-trial.ts';
import { largestFile, summariseFile, tooDeep } from './summarise-file.ts';

export interface ContentFile {
  path: string;
  content: string;
}

interface SummaryStoreOptions {
  history: History;
  cache?: AnalysisCache | undefined;
  signal?: AbortSignal | undefined;
  /** A file was read and parsed. */
  onRead: () => void;
}

/** What reaches over file borders: a file without any of it matters only when it changes itself. */
const reachesFar =
  /\b(express|fastify|FastifyInstance|Router|router|process\.env|import\.meta\.env|commander|yargs|parseArgs|NestFactory|setGlobalPrefix|enableVersioning|RouterModule)\b|\b((method|path|url): ?|t(ranslate)?\()['"`]/;

export const summaryKey = (content: string, kind: FileKind): string => `${content}.${kind}`;

interface Wanted {
  key: string;
  content: string;
  kind: FileKind;
}

const wantedFiles = (files: readonly ContentFile[]): Wanted[] => {
  const wanted = new Map<string, Wanted>();
  for (const { path, content } of files) {
    const kind = fileKind(path);
    if (kind) wanted.set(summaryKey(content, kind), { key: summaryKey(content, kind), content, kind });
  }
  return [...wanted.values()];
};

const summarise = async (
  { kind }: Wanted,
  bytes: Buffer | undefined,
  trial: ParserTrial,
): Promise<FileSummary> => {
  const isDoubtful = bytes && isSource(kind) && mayOverflow(bytes);
  return isDoubtful && !(await trial.survives(bytes, kind)) ? tooDeep : summariseFile(kind, bytes);
};

/** Summaries of contents: each is read and parsed at most once, ever when there is a cache. */
export const createSummaryStore = ({ history, cache, signal, onRead }: SummaryStoreOptions) => {
  const known = new Map<string, FileSummary>();
  const cacheKey = (key: string): string => `${detectorVersion}.${key}`;

  const cached = (key: string): FileSummary | undefined => {
    const text = cache?.get(cacheKey(key));
    // The cache gives what was put under this version of the detectors.
    return text === undefined ? undefined : (JSON.parse(text) as FileSummary);
  };

  /** Reads and parses the missing ones, in the order given. */
  async function* parse(missing: readonly Wanted[], onlyFarReaching: boolean) {
    const ids = missing.map(({ content }) => content);
    const trial = createParserTrial();
    let position = 0;
    try {
      for await (const { bytes } of history.blobs(ids, { maximumBytes: largestFile, signal })) {
        const wanted = missing[position];
        position += 1;
        if (!wanted) continue;
        onRead();
        if (onlyFarReaching && isSource(wanted.kind) && bytes && !reachesFar.test(bytes.toString('latin1'))) {
          cache?.put(`${cacheKey(wanted.key)}.near`, '');
          continue;
        }
        const summary = await summarise(wanted, bytes, trial);
        cache?.put(cacheKey(wanted.key), JSON.stringify(summary));
        yield { wanted, summary };
      }
    } finally {
      trial.close();
    }
  }

  /** Makes summaries known. With `onlyFarReaching` sources are left out that matter to no other file. */
  const load = async (files: readonly ContentFile[], { onlyFarReaching = false } = {}): Promise<void> => {
    const missing: Wanted[] = [];
    for (const wanted of wantedFiles(files)) {
      if (known.has(wanted.key)) continue;
      if (onlyFarReaching && cache?.get(`${cacheKey(wanted.key)}.near`) !== undefined) continue;
      const summary = cached(wanted.key);
      if (summary) known.set(wanted.key, summary);
      else missing.push(wanted);
    }
    for await (const { wanted, summary } of parse(missing, onlyFarReaching)) known.set(wanted.key, summary);
  };

  /** Looks at summaries one by one without keeping them. */
  const forEach = async (
    files: readonly ContentFile[],
    look: (key: string, summary: FileSummary) => void,
  ): Promise<void> => {
    const missing: Wanted[] = [];
    for (const wanted of wantedFiles(files)) {
      const summary = known.get(wanted.key) ?? cached(wanted.key);
      if (summary) look(wanted.key, summary);
      else missing.push(wanted);
    }
    for await (const { wanted, summary } of parse(missing, false)) look(wanted.key, summary);
  };

  return {
    load,
    forEach,
    size: (): number => known.size,
    lookup: (content: string, kind: FileKind): FileSummary | undefined =>
      known.get(summaryKey(content, kind)),
  };
};

export type SummaryStore = ReturnType<typeof createSummaryStore>;
