import { HistoryError } from '../../ports/history.ts';
import { type GitPlace, gitText } from './git-process.ts';

export interface GitFolders {
  /** Where git keeps what belongs to this worktree alone. */
  own: string;
  /** Where git looks for the hooks of this repository. */
  hooks: string;
  /** Other repositories take their hooks from there, too. */
  hooksOfAll: boolean;
}

/** Who asks for hooks elsewhere: `local` for this repository; undefined: nobody does. */
const hooksScope = async (place: GitPlace): Promise<string | undefined> => {
  const told = await gitText(place, ['config', '--show-scope', '--get', 'core.hooksPath']).catch(
    (error: unknown) => {
      if (error instanceof HistoryError) return undefined;
      throw error;
    },
  );
  return told?.split('\t', 1)[0];
};

/** Asks git where its folders are: only git knows of worktrees, bare repositories and `core.hooksPath`. */
export const findGitFolders = async (place: GitPlace): Promise<GitFolders> => {
  const asked = ['--path-format=absolute', '--absolute-git-dir', '--git-path', 'hooks'];
  const [own = '', hooks = ''] = (await gitText(place, ['rev-parse', ...asked])).split('\n');
  const scope = await hooksScope(place);
  return { own, hooks, hooksOfAll: scope === 'global' || scope === 'system' };
};
