import { createHash } from 'node:crypto';
import { AppError } from '../../errors/app-error.ts';
import { type Clock, isoTime } from '../../ports/clock.ts';
import type { Page, RecordStore } from '../../ports/record-store.ts';
import type { StoredDocument } from '../../ports/records.ts';
import type { Document, DocumentAudience } from '../../protocol/documentation.ts';
import type { DocumentListQuery } from '../../protocol/documentation-api.ts';
import type { FoundRange } from '../repository.ts';
import { guideOf } from './document-guide.ts';

/** All that decides what is in a document (rule DO4). */
export interface DocumentKey extends FoundRange {
  repository: string;
  audience: DocumentAudience;
  engineVersion: string;
}

/** Documents that were made or sent here, each range once. */
export interface DocumentLibrary {
  find(key: DocumentKey): Promise<StoredDocument | undefined>;
  /** AppError `not_found`. */
  get(id: string): Promise<StoredDocument>;
  list(query: DocumentListQuery): Promise<Page<StoredDocument>>;
  /**
   * Keeps a document unless one with its key is there; tells which of the two happened. Nobody is told what rests on
   * the facts that later ones tell. AppError `payload_too_large` when it is larger than the store's records may be.
   */
  keep(
    key: DocumentKey,
    document: Document,
    origin: StoredDocument['origin'],
    toldLater?: ReadonlySet<string>,
  ): Promise<{ stored: StoredDocument; isNew: boolean }>;
  /** AppError `not_found`. */
  withdraw(id: string): Promise<void>;
}

const noDocument = 'There is no document with this id.';

export const documentId = ({ repository, from = '', to, audience, engineVersion }: DocumentKey): string =>
  createHash('sha256')
    .update(JSON.stringify([repository, from, to, audience, engineVersion]))
    .digest('hex')
    .slice(0, 32);

/** Only some stores have a limit, and only whoever chose the range can make the document smaller. */
const explained = (error: unknown): never => {
  if (!(error instanceof AppError) || error.code !== 'payload_too_large') throw error;
  throw new AppError(
    'payload_too_large',
    'The document of this range is larger than this store keeps in one record (1 MiB in Firestore, packed): choose a shorter range by a later `from`, or one audience, or keep the records in SQLite or PostgreSQL.',
    { cause: error },
  );
};

export const createDocumentLibrary = (options: { store: RecordStore; clock: Clock }): DocumentLibrary => {
  const { store, clock } = options;
  return {
    find: (key) => store.get('documentation', documentId(key)),
    get: async (id) => {
      const stored = await store.get('documentation', id);
      if (stored === undefined) throw new AppError('not_found', noDocument);
      return stored;
    },
    list: ({ repository, limit, cursor }) =>
      store.list('documentation', {
        ...(repository !== undefined && {
          where: [{ field: 'repository', operator: '==', value: repository }],
        }),
        orderBy: 'createdAt',
        direction: 'descending',
        limit,
        cursor,
      }),
    keep: (key, document, origin, toldLater) =>
      store
        .transaction(async (transaction) => {
          const id = documentId(key);
          const known = await transaction.get('documentation', id);
          if (known !== undefined) return { stored: known, isNew: false };
          const { from, ...rest } = key;
          const stored: StoredDocument = {
            id,
            ...rest,
            ...(from !== undefined && { from }),
            title: document.userDocumentation.title,
            document,
            createdAt: isoTime(clock.now()),
            origin,
          };
          transaction.create('documentation', stored);
          transaction.put('documentGuides', guideOf(stored, toldLater));
          return { stored, isNew: true };
        })
        .catch(explained),
    withdraw: (id) =>
      store.transaction(async (transaction) => {
        if ((await transaction.get('documentation', id)) === undefined) {
          throw new AppError('not_found', noDocument);
        }
        transaction.delete('documentation', id);
        transaction.delete('documentGuides', id);
      }),
  };
};
