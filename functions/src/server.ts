import { compose } from './compose.ts';
import { loadConfig } from './config.ts';
import { StartRefusal } from './start-refusal.ts';
import { startupBlock } from './startup-block.ts';

// Whoever read what is said may be gone: the desk goes on.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

/** A door: a Node process that serves HTTP until it is told to stop. */
const main = async (): Promise<void> => {
  const config = loadConfig();
  const proofdesk = await compose(config);
  const { url } = await proofdesk.start();
  process.stdout.write(startupBlock({ url, config, demo: proofdesk.demo }));

  let stopping = false;
  const stop = (exitCode: number): void => {
    if (stopping) return;
    stopping = true;
    proofdesk
      .stop()
      // What is under way at the exit itself may be lost.
      .then(() => new Promise<void>((resolve) => proofdesk.logger.flush(() => resolve())))
      .then(() => process.exit(exitCode))
      .catch((error: unknown) => {
        proofdesk.logger.fatal({ err: error }, 'the stop failed');
        process.exit(1);
      });
  };
  process.on('SIGTERM', () => stop(0));
  process.on('SIGINT', () => stop(0));
  void proofdesk.lost.then(() => stop(1));
};

main().catch((error: unknown) => {
  // A refusal to start is one sentence for the reader; anything else is a fault and keeps its stack.
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    error instanceof StartRefusal ? `Proofdesk did not start. ${error.message}\n` : `${text}\n`,
  );
  process.exit(1);
});
