/**
 * Options of Node that make a server tell, at SIGUSR2, how much its objects hold once everything that nobody needs
 * is let go of: heap and buffers, those of sockets among them.
 */
export const tellsMemory = [
  '--expose-gc',
  '--import',
  `data:text/javascript,${encodeURIComponent(`
    process.on('SIGUSR2', () => {
      globalThis.gc();
      const { heapUsed, external } = process.memoryUsage();
      process.stdout.write('memory ' + (heapUsed + external) + '\\n');
    });
  `)}`,
] as const;
