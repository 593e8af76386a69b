import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createReadFacts } from '../documentation/facts/read-facts.ts';
import type { Repository } from '../documentation/repository.ts';
import { openAnalysisFile } from '../engines/analysis-file/analysis-file.ts';
import { findGitFolders, type GitFolders } from '../engines/git/git-folders.ts';
import { openGitHistory } from '../engines/git/git-history.ts';
import { AppError } from '../errors/app-error.ts';
import { type History, HistoryError } from '../ports/history.ts';

/** What the history says of a bad reference or an unreadable repository is meant for whoever asked. */
const toldOf =
  (what: string) =>
  (error: unknown): never => {
    if (!(error instanceof HistoryError)) throw error;
    throw new AppError('validation_failed', `The ${what} cannot be read.`, {
      errors: [{ path: '', message: error.message }],
      cause: error,
    });
  };

const told = toldOf('range');

/** Analyses are kept inside the clone, so that they go with it; a bare one or a part of one keeps none. */
const analysesOf = (folder: string) => {
  const place = join(folder, '.git');
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return {};
  return { cache: openAnalysisFile({ file: join(place, 'proofdesk', 'analyses') }) };
};

/** One that holds another has no commit less than it. */
const holds = async (history: History, { later, earlier }: Record<'later' | 'earlier', string>) => {
  try {
    for await (const _ of history.commits({ from: later, to: earlier }, { contents: false })) return false;
    return later !== earlier;
  } catch (error) {
    if (error instanceof HistoryError) return false;
    throw error;
  }
};

/** A git repository on this machine; `environment` is that of the git processes. */
export const openRepository = (folder: string, environment: Record<string, string>): Repository => {
  const history = openGitHistory({ folder, environment });
  return {
    resolve: async (request) => {
      const { from, to } = await history.resolve(request).catch(told);
      return { from, to };
    },
    isBefore: (earlier, later) => holds(history, { later, earlier }),
    readFacts: (options) => {
      const kept = options.content === false ? {} : analysesOf(folder);
      return createReadFacts({ history, ...kept })(options).catch(told);
    },
  };
};

/** Where git keeps what belongs to a repository of this machine. */
export const findFolders = (folder: string, environment: Record<string, string>): Promise<GitFolders> =>
  findGitFolders({ folder, environment }).catch(toldOf('repository'));
