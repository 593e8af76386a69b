import { readGitEnvironment } from '../config.ts';
import type { FactProgress } from '../documentation/facts/fact.ts';
import { checkDocument, type Finding } from '../documentation/gate/check-document.ts';
import type { FoundRange } from '../documentation/repository.ts';
import { localDocumentWriter } from '../documentation/writers/document-writer.ts';
import { AppError } from '../errors/app-error.ts';
import { type Document, type DocumentAudience, documentSchema } from '../protocol/documentation.ts';
import { openRepository } from './repositories.ts';

/** What the command line asks for; it reads any repository its user can read, without a server or a database. */
export interface DocumentRequest {
  folder: string;
  from?: string | undefined;
  to?: string | undefined;
  audience: DocumentAudience;
  /** False: from messages and paths only. */
  content: boolean;
  onProgress(progress: FactProgress): void;
}

/** A range as a document, on the local engine. */
export const documentRange = async (request: DocumentRequest): Promise<Document> => {
  const { folder, from, to, audience, content, onProgress } = request;
  const repository = openRepository(folder, readGitEnvironment());
  const report = await repository.readFacts({ from, to, content, onProgress });
  return localDocumentWriter.write(report, audience);
};

/** Both ends of a range as commit ids. */
export const findRange = (folder: string, range: { from?: string; to?: string }): Promise<FoundRange> =>
  openRepository(folder, readGitEnvironment()).resolve(range);

const noDocument = (why: string): AppError =>
  new AppError('validation_failed', `This is no document of proofdesk: ${why}`);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw noDocument('it is no JSON.');
  }
};

/** The document in a JSON text; AppError `validation_failed` says what is wrong with it. */
export const parseDocument = (text: string): Document => {
  const result = documentSchema.safeParse(parseJson(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw noDocument(`${issue?.path.join('.')} ${issue?.message}`);
};

/** Texts of a document that say more than its facts. */
export const findingsIn = (document: Document): Finding[] => checkDocument(document);

/** Which engine a document of this command line comes from. */
export const documentEngine = localDocumentWriter.version;
