import { createReadFacts } from '../documentation/facts/read-facts.ts';
import type { Repository } from '../documentation/repository.ts';
import { openGitHistory } from '../engines/git/git-history.ts';
import { AppError } from '../errors/app-error.ts';
import { HistoryError } from '../ports/history.ts';

/** What the history says of a bad reference or an unreadable repository is meant for whoever asked. */
const told = (error: unknown): never => {
  if (!(error instanceof HistoryError)) throw error;
  throw new AppError('validation_failed', 'The range cannot be read.', {
    errors: [{ path: '', message: error.message }],
    cause: error,
  });
};

/** A git repository on this machine; `environment` is that of the git processes. */
export const openRepository = (folder: string, environment: Record<string, string>): Repository => {
  const history = openGitHistory({ folder, environment });
  const readFacts = createReadFacts({ history });
  return {
    resolve: async (request) => {
      const { from, to } = await history.resolve(request).catch(told);
      return { from, to };
    },
    readFacts: (options) => readFacts(options).catch(told),
  };
};
