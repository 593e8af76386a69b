import type { Command } from 'commander';
import type { GenerateOptions } from './docs-generate.ts';
import type { HookOptions } from './docs-hook.ts';
import type { PublishOptions } from './docs-publish.ts';
import type { WatchOptions } from './docs-watch.ts';
import { audienceArgument, formatArgument, secondsArgument } from './document-options.ts';

/** Adds `docs` to the program: documents from the history of any git repository. */
export const addDocsCommands = (program: Command): void => {
  const docs = program.command('docs').description('documents and training from the commits of a repository');

  docs
    .command('generate')
    .description('document a range of commits; needs no server and no database')
    .option('--repo <path>', 'folder of the repository', '.')
    .option('--from <reference>', 'its history is left out: the last release (default: from the beginning)')
    .option('--to <reference>', 'the last commit', 'HEAD')
    .option('--format <format>', 'json, markdown, changelog, captions or storyboard', formatArgument, 'json')
    .option('--output <path>', 'file to write (default: standard output)')
    .option('--audience <audience>', 'everyone, user, developer or operator', audienceArgument, 'everyone')
    .option('--no-content', 'read messages and paths only, which is quicker')
    .action(async (options: GenerateOptions) => {
      const { generateDocument } = await import('./docs-generate.ts');
      await generateDocument(options);
    });

  docs
    .command('watch')
    .description('document new commits as they come, each once')
    .option('--repo <path>', 'folder of the repository', '.')
    .option('--format <format>', 'json, markdown, changelog, captions or storyboard', formatArgument, 'json')
    .option('--output <path>', 'file to write (default: standard output)')
    .option('--audience <audience>', 'everyone, user, developer or operator', audienceArgument, 'everyone')
    .option('--no-content', 'read messages and paths only, which is quicker')
    .option('--once', 'look once and end', false)
    .option('--interval <seconds>', 'time between two looks', secondsArgument, 5)
    .action(async (options: WatchOptions) => {
      const { watchRepository } = await import('./docs-watch.ts');
      await watchRepository(options);
    });

  docs
    .command('install-hook')
    .description('let git document each commit and merge by itself')
    .option('--repo <path>', 'folder of the repository', '.')
    .option('--format <format>', 'json, markdown, changelog, captions or storyboard', formatArgument, 'json')
    .requiredOption('--output <path>', 'file to write; a relative path counts from the repository')
    .action(async (options: HookOptions) => {
      const { installHooks } = await import('./docs-hook.ts');
      await installHooks(options);
    });

  docs
    .command('publish')
    .description('send a document to a server; its token is read from PROOFDESK_TOKEN')
    .requiredOption('--url <address>', 'address of the server')
    .requiredOption('--repository <name>', 'name under which it is kept')
    .option('--audience <audience>', 'everyone, user, developer or operator', audienceArgument, 'everyone')
    .option('--document <path>', 'JSON that generate wrote (default: standard input)')
    .action(async (options: PublishOptions) => {
      const { publishDocument } = await import('./docs-publish.ts');
      await publishDocument(options);
    });

  docs
    .command('check')
    .description('check every text of a document against its facts')
    .option('--document <path>', 'JSON that generate wrote (default: standard input)')
    .action(async ({ document }: { document?: string }) => {
      const { checkDocument } = await import('./docs-check.ts');
      await checkDocument(document);
    });
};
