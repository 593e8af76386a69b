import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { LiveEvents } from '../ports/live-events.ts';
import type { Page, RecordStore } from '../ports/record-store.ts';
import type { StoredDocument } from '../ports/records.ts';
import type { Timers } from '../ports/timers.ts';
import type { TrainingUpkeep } from '../ports/training-upkeep.ts';
import type { Document } from '../protocol/documentation.ts';
import type {
  DocumentationJob,
  DocumentListQuery,
  GenerateDocument,
  PublishDocument,
} from '../protocol/documentation-api.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createDocumentLibrary, type DocumentKey } from './documents/document-library.ts';
import { ensureSupported } from './documents/ensure-supported.ts';
import { createToldLater } from './documents/told-later.ts';
import type { Job, JobWork } from './jobs/job.ts';
import { createJobBoard } from './jobs/job-board.ts';
import type { Repositories, Repository } from './repository.ts';
import { trainingUpdateOf } from './training-update.ts';
import type { DocumentWriter } from './writers/document-writer.ts';

/** A document that was there, or the run that makes it. */
export type Generated = { stored: StoredDocument } | { job: Job };

/** Documents from ranges of commits. */
export interface DocumentationService {
  /**
   * AppError `not_found` for a repository that is not in the list, `validation_failed` for a reference that is
   * not there, or a range that ends before it begins.
   */
  generate(request: GenerateDocument): Promise<Generated>;
  /** A run of any server. AppError `not_found`. */
  job(id: string): Promise<DocumentationJob>;
  /** Ends a run of any server. AppError `not_found`. */
  cancel(id: string): Promise<void>;
  list(query: DocumentListQuery): Promise<Page<StoredDocument>>;
  get(id: string): Promise<StoredDocument>;
  /** Keeps a document made elsewhere (rule DO11). AppError `validation_failed` when the gate refuses a text. */
  publish(request: PublishDocument): Promise<{ stored: StoredDocument; isNew: boolean }>;
  /** Nobody reads it any more and no answer rests on it; training keeps what it has learnt. AppError `not_found`. */
  withdraw(id: string): Promise<void>;
  hasRepository(name: string): boolean;
  stop(): Promise<void>;
}

export interface DocumentationOptions {
  store: RecordStore;
  clock: Clock;
  timers: Timers;
  live: LiveEvents;
  logger: Logger;
  repositories: Repositories;
  writer: DocumentWriter;
  training: TrainingUpkeep;
  /** Documents were kept or withdrawn. */
  onChange(): void;
}

const backwards = (): AppError =>
  new AppError('validation_failed', 'The range ends before it begins.', {
    errors: [{ path: 'from', message: 'this comes after `to`: exchange the two' }],
  });

export const createDocumentation = (options: DocumentationOptions): DocumentationService => {
  const { live, logger, repositories, writer, training, onChange } = options;
  const library = createDocumentLibrary(options);
  const toldLater = createToldLater(options.store);

  const repositoryOf = (name: string | undefined): [string, Repository] => {
    const [first] = repositories;
    const found = name === undefined ? first : ([name, repositories.get(name)] as const);
    if (found?.[1] === undefined) {
      throw new AppError(
        'not_found',
        'There is no such repository: DOCS_REPOSITORIES lists those that may be read.',
      );
    }
    return [found[0], found[1]];
  };

  /** Keeps it, and lets answers and training rest on what no document of a later commit tells. */
  const keep = async (
    key: DocumentKey,
    document: Document,
    origin: StoredDocument['origin'],
  ): Promise<{ stored: StoredDocument; isNew: boolean }> => {
    const repository = repositories.get(key.repository);
    const later = repository === undefined ? new Set<string>() : await toldLater(key, repository.isBefore);
    const kept = await library.keep(key, document, origin, later);
    onChange();
    const facts = document.facts.filter(({ id }) => !later.has(id));
    // Sent again after a cut connection: training may not have heard of it. Sent again years later: others came since.
    const { items } = await library.list({ repository: key.repository, limit: 1 });
    if (kept.isNew || origin === 'generated' || items[0]?.id === kept.stored.id)
      await training.apply(trainingUpdateOf(key.repository, { ...document, facts }));
    return kept;
  };

  const write = async ({ key, signal, report }: JobWork): Promise<Document> => {
    const [, repository] = repositoryOf(key.repository);
    const { from, to, audience } = key;
    const facts = await repository.readFacts({ from, to, signal, onProgress: report });
    report({ phase: 'writing', done: 0 });
    return writer.write(facts, audience, { signal });
  };

  /** One that is there already belongs to a run that ended before training heard of it. */
  const make = async (work: JobWork): Promise<StoredDocument> => {
    const known = await library.find(work.key);
    const document = known?.document ?? (await write(work));
    work.signal.throwIfAborted();
    return (await keep(work.key, document, 'generated')).stored;
  };

  const tell = (payload: DocumentationJob): void =>
    live.publish({ roles: ['admin'] }, { event: 'documentation:progress', payload });

  const board = createJobBoard({
    ...options,
    work: make,
    find: (id) => options.store.get('documentation', id),
    onChange: tell,
    onFailure: (error) => logger.error({ err: error }, 'a document could not be made'),
  });

  return {
    generate: async ({ repository: name, from, to, audience }) => {
      const [repository, { resolve, isBefore }] = repositoryOf(name);
      const range = await resolve({ from, to });
      if (range.from !== undefined && (await isBefore(range.to, range.from))) throw backwards();
      const key = { repository, ...range, audience, engineVersion: writer.version };
      const stored = await library.find(key);
      const isDone = stored !== undefined && !(await board.isOpen(stored.id));
      return isDone ? { stored } : { job: board.start(key) };
    },
    job: (id) => board.find(id),
    cancel: (id) => board.cancel(id),
    list: library.list,
    get: library.get,
    publish: async (request) => {
      ensureSupported(request);
      const { repository, audience, engineVersion, document } = request;
      const { from, to } = document.range;
      const key = { repository, from: from?.commit, to: to.commit, audience, engineVersion };
      return keep(key, document, 'published');
    },
    withdraw: async (id) => {
      await library.withdraw(id);
      onChange();
    },
    hasRepository: (name) => repositories.has(name),
    stop: () => board.stop(),
  };
};
