import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What the built client library asks for by name, as browsers load it. */
const imports = {
  '@proofdesk/client': '/client/client/src/index.js',
  'socket.io-client': '/node_modules/socket.io-client/dist/socket.io.esm.min.js',
  idb: '/node_modules/idb/build/index.js',
  uuid: '/node_modules/uuid/dist/index.js',
};

const pageOf = (script: string): string => `<!doctype html><meta charset="utf-8"><title>test page</title>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">${script}</script>`;

const buildClient = (folder: string): void => {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  const project = join(root, 'client/tsconfig.build.json');
  execFileSync(process.execPath, [compiler, '-p', project, '--noCheck', '--outDir', folder]);
};

/** A page whose script imports the client library as it is built for browsers. */
export interface ClientPages {
  /** Also the origin of the page. */
  url: string;
  close(): Promise<void>;
}

export const serveClientPages = async (script: string): Promise<ClientPages> => {
  const built = await mkdtemp(join(tmpdir(), 'proofdesk-client-'));
  buildClient(built);
  const fileOf = (path: string): string =>
    path.startsWith('/client/') ? join(built, path.slice('/client'.length)) : join(root, path);
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path === '/') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(pageOf(script));
      return;
    }
    readFile(fileOf(path)).then(
      (content) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(content),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(built, { recursive: true, force: true });
    },
  };
};
