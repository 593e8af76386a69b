import { createReadFacts } from '../documentation/facts/read-facts.ts';
import { writeDocument } from '../documentation/writers/local-writer.ts';
import { openGitHistory } from '../engines/git/git-history.ts';
import type { Document } from '../protocol/documentation.ts';
import { createRepository, gitEnvironment } from './git-repository.ts';
import { makeFolder } from './make-folder.ts';

type Files = Record<string, string | undefined>;

/** What the local writer says of a real repository that goes from some files to others, a commit a step. */
export const documentOf = async (
  before: Files,
  ...steps: readonly { message: string; files: Files }[]
): Promise<Document> => {
  const { folder, commit } = createRepository(await makeFolder());
  const from = commit('chore: begin', before);
  for (const { message, files } of steps) commit(message, files);
  const history = openGitHistory({ folder, environment: gitEnvironment });
  return writeDocument(await createReadFacts({ history })({ from }));
};
