/**
 * Loaded before a measured server (`node --import`): tells the processor time of its process (all threads) and
 * its memory when asked. Written in plain JavaScript, like the servers beside it, so that no transpiler's code runs
 * in what is measured.
 */
const collects = () => {
  // Twice, because what was freed by finalizers is only seen by the next.
  globalThis.gc?.();
  globalThis.gc?.();
};

/** @param {unknown} question */
const answer = (question) => {
  if (question === 'memory?') collects();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ ...process.cpuUsage(), rss, heap: heapUsed + external });
};

process.on('message', answer);
process.on('disconnect', () => process.exit());
process.channel?.unref();
