import type { Document, DocumentAudience } from '../../protocol/documentation.ts';
import type { FactReport } from '../../protocol/facts.ts';
import { localWriterVersion, writeDocument } from './local-writer.ts';

/** Makes a document from facts. */
export interface DocumentWriter {
  /** Changes whenever the same facts could be told in other words. */
  version: string;
  write(
    report: FactReport,
    audience: DocumentAudience,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<Document>;
}

/** Needs nothing but the facts; the same facts give the same document. */
export const localDocumentWriter: DocumentWriter = {
  version: localWriterVersion,
  write: async (report, audience) => writeDocument(report, audience),
};
