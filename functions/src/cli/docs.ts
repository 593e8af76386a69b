import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { documentRange, findingsIn, parseDocument } from '../compose/document-line.ts';
import { installHooks } from './docs-hook.ts';
import { publishDocument } from './docs-publish.ts';
import { watchRepository } from './docs-watch.ts';
import {
  audienceArgument,
  formatArgument,
  type OutputOptions,
  type SourceOptions,
  secondsArgument,
  writeOutput,
} from './document-options.ts';
import { documentSummary } from './document-summary.ts';
import { print, say } from './print.ts';
import { createProgressBar } from './progress-bar.ts';

interface GenerateOptions extends SourceOptions, OutputOptions {
  from?: string;
  to: string;
}

const generate = async (options: GenerateOptions): Promise<void> => {
  const { repo, from, to, audience, content, output } = options;
  const bar = createProgressBar(process.stderr);
  try {
    const document = await documentRange({
      folder: repo,
      from,
      to,
      audience,
      content,
      onProgress: ({ phase, done, total }) => bar.show(phase, done, total),
    });
    bar.clear();
    await writeOutput(document, options);
    say(documentSummary(document, output));
  } finally {
    bar.clear();
  }
};

/** Says which texts of a document are not carried by its facts; fails when there are any. */
const check = async (file: string | undefined): Promise<void> => {
  const document = parseDocument(
    file === undefined ? await text(process.stdin) : await readFile(file, 'utf8'),
  );
  const findings = findingsIn(document);
  for (const finding of findings) {
    const why = finding.objections.map(({ kind, name }) => `${kind}: ${name}`).join('; ');
    print(`${why}\n  ${finding.text}`);
  }
  say(`${document.stats.sentences} sentences, ${findings.length} of the texts say more than their facts.`);
  if (findings.length > 0) process.exitCode = 1;
};

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
    .action(generate);

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
    .action(watchRepository);

  docs
    .command('install-hook')
    .description('let git document each commit and merge by itself')
    .option('--repo <path>', 'folder of the repository', '.')
    .option('--format <format>', 'json, markdown, changelog, captions or storyboard', formatArgument, 'json')
    .requiredOption('--output <path>', 'file to write; a relative path counts from the repository')
    .action(installHooks);

  docs
    .command('publish')
    .description('send a document to a server; its token is read from PROOFDESK_TOKEN')
    .requiredOption('--url <address>', 'address of the server')
    .requiredOption('--repository <name>', 'name under which it is kept')
    .option('--audience <audience>', 'everyone, user, developer or operator', audienceArgument, 'everyone')
    .option('--document <path>', 'JSON that generate wrote (default: standard input)')
    .action(publishDocument);

  docs
    .command('check')
    .description('check every text of a document against its facts')
    .option('--document <path>', 'JSON that generate wrote (default: standard input)')
    .action(({ document }: { document?: string }) => check(document));
};
