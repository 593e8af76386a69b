import type { FactProgress } from '../documentation/facts/fact.ts';
import type { FoundRange } from '../documentation/repository.ts';
import { readGitEnvironment } from '../git-environment.ts';
import type { Document, DocumentAudience } from '../protocol/documentation.ts';
import { findFolders, openRepository } from './repositories.ts';

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
  const reading = repository.readFacts({ from, to, content, onProgress });
  // Loaded while git is at work.
  const [report, { localDocumentWriter }] = await Promise.all([
    reading,
    import('../documentation/writers/document-writer.ts'),
  ]);
  return localDocumentWriter.write(report, audience);
};

/** Both ends of a range as commit ids. */
export const findRange = (folder: string, range: { from?: string; to?: string }): Promise<FoundRange> =>
  openRepository(folder, readGitEnvironment()).resolve(range);

/** Where git keeps what belongs to a repository: its own notes, its hooks. */
export const findGitFolders = (folder: string) => findFolders(folder, readGitEnvironment());
