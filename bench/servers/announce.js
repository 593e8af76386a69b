/**
 * Says where a server listens, in the form in which Proofdesk says it.
 *
 * @param {import('node:http').Server} server
 */
export const announce = (server) => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  process.stdout.write(`URL http://127.0.0.1:${address.port}\n`);
};
