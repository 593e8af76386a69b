import type { Command } from 'commander';
import type { CopiedArtwork, DataCommands } from '../compose/data-commands.ts';
import { print } from './print.ts';

/** Loaded when one of them runs. */
const dataCommands = async (): Promise<DataCommands> => {
  const { createDataCommands } = await import('../compose/data-commands.ts');
  const { loadConfig } = await import('../config.ts');
  return createDataCommands(loadConfig());
};

const printCopied = ({ copied, there, problems }: CopiedArtwork): void => {
  print(`Copied ${copied} files; ${there} were there already.`);
  for (const problem of problems) print(problem);
  if (problems.length > 0) process.exitCode = 1;
};

/** `proofdesk data`: copies of everything that is kept. */
export const addDataCommands = (program: Command): void => {
  const data = program
    .command('data')
    .description('copies of all records and of the artwork; keys are files beside them');

  data
    .command('export')
    .description('write all records to a new file, as JSON Lines; the server must be stopped')
    .argument('<file>', 'file to make')
    .action(async (file: string) => {
      const records = await (await dataCommands()).exportTo(file);
      print(`Exported ${records} records to ${file}. Their artwork is copied by data export-artwork.`);
    });

  data
    .command('import')
    .description('read an export into empty records; the server must be stopped')
    .argument('<file>', 'file that export made')
    .action(async (file: string) => {
      const records = await (await dataCommands()).importFrom(file);
      print(`Imported ${records} records. Their artwork comes with data import-artwork.`);
    });

  data
    .command('export-artwork')
    .description('copy the artwork of all records into a folder; the server must be stopped')
    .argument('<folder>', 'folder to fill; what is in it already is compared')
    .action(async (folder: string) => printCopied(await (await dataCommands()).exportArtwork(folder)));

  data
    .command('import-artwork')
    .description(
      'copy the artwork of all records from a folder to where it is kept; the server must be stopped',
    )
    .argument('<folder>', 'folder that export-artwork filled, or DATA_DIR/proofs')
    .action(async (folder: string) => printCopied(await (await dataCommands()).importArtwork(folder)));

  data
    .command('backup')
    .description('copy the SQLite file as it is at one moment; beside a running server if you like')
    .argument('<file>', 'file to make')
    .action(async (file: string) => {
      await (await dataCommands()).backup(file);
      print(`The records are in ${file}.`);
    });

  data
    .command('restore')
    .description('put a backup into an empty DATA_DIR')
    .argument('<file>', 'file that backup made')
    .action(async (file: string) => {
      const sessions = await (await dataCommands()).restore(file);
      print(`Restored the records; the logs of ${sessions} sessions have new epochs.`);
    });

  data
    .command('renew')
    .description('after a restore by the tools of a database: give every log a new epoch')
    .action(async () => {
      const sessions = await (await dataCommands()).renew();
      print(`The logs of ${sessions} sessions have new epochs.`);
    });
};
