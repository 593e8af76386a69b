/**
 * Loaded before a measured server (`node --import`): tells the processor time of its process (all threads) and
 * its memory when asked. Written in plain JavaScript, like the servers beside it, so that no transpiler's code runs
 * in what is measured.
 */
process.on('message', () => process.send?.({ ...process.cpuUsage(), rss: process.memoryUsage.rss() }));
process.on('disconnect', () => process.exit());
process.channel?.unref();
