import { Server } from '@hocuspocus/server';

/** Hocuspocus as it comes, without storage: documents live in memory, cursors are awareness states. */
const server = new Server({ address: '127.0.0.1', port: 0, quiet: true });
await server.listen();
process.stdout.write(`URL http://127.0.0.1:${server.address.port}\n`);
