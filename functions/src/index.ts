import type { RequestListener } from 'node:http';
import { onRequest } from 'firebase-functions/v2/https';
import { ensureFitForFunction } from './compose/fit-for-function.ts';
import { compose } from './compose.ts';
import { loadFunctionConfig } from './config.ts';

/** A door: a cloud function that serves HTTP. Sockets need a server; both share their records and Redis. */
const open = async (): Promise<RequestListener> => {
  const config = loadFunctionConfig();
  ensureFitForFunction(config);
  const proofdesk = await compose(config);
  // The next request opens it again, or is told why it cannot.
  void proofdesk.lost.then(() => {
    opened = undefined;
    return proofdesk.stop();
  });
  return proofdesk.serve();
};

let opened: Promise<RequestListener> | undefined;

/** Opened with the first request, because a deployment loads this file without its settings. */
const whenOpen = (): Promise<RequestListener> => {
  opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
};

export const api = onRequest(
  { invoker: 'public', memory: '512MiB', concurrency: 80 },
  async (request, response) => {
    const handle = await whenOpen();
    handle(request, response);
  },
);
