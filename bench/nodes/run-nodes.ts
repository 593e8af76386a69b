import { existsSync } from 'node:fs';
import { startRedisServer } from '../../functions/test/support/redis-server.ts';
import { buildProofdesk } from '../http/proofdesk-process.ts';
import { withTemporaryFolder } from '../http/temporary-folder.ts';
import { controlRange } from '../realtime/goals.ts';
import { goalLines } from '../realtime/report.ts';
import { openDesks } from './desks.ts';
import { measureNodes, type NodeRound, type NodeWindows } from './measure-nodes.ts';
import { judgeNodes, nodesBelievable, nodesTable, redisLine } from './report.ts';

export interface NodesOptions {
  rounds: number;
  windowMs: number;
  /** Folder for processor profiles of every Proofdesk. */
  profile: string | undefined;
}

/** Where Debian keeps Redis. */
const redisProgram = '/usr/bin/redis-server';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const measure = async (redisUrl: string, { profile, ...windows }: NodesOptions): Promise<NodeRound[]> => {
  const nodeOptions = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const options: NodeWindows = { ...windows, redisUrl };
  return withTemporaryFolder(async (folder) => {
    const desks = await openDesks({ folder, redisUrl, nodeOptions });
    try {
      return await measureNodes(desks, options);
    } finally {
      await desks.stop();
    }
  });
};

const report = (rounds: readonly NodeRound[]): boolean => {
  const goal = judgeNodes(rounds);
  print(`\nCursors: 500 clients in rooms of 10, members on both nodes, 10 moves a second each\n`);
  print(`${nodesTable(rounds)}\n\n${redisLine(rounds)}\n${goalLines([goal])}`);
  const { lowest, highest } = controlRange;
  const believable = nodesBelievable(rounds);
  print(
    believable
      ? `Valid: the control stayed within ${lowest}-${highest} of its twin, and one node kept up.`
      : `Not valid: noisy machine, the control left ${lowest}-${highest} or one node did not keep up.`,
  );
  return believable && goal.met;
};

/** Compares cursors over two nodes and a Redis of its own with one node; tells whether the goal was met. */
export const runNodes = async (options: NodesOptions): Promise<boolean> => {
  if (!existsSync(redisProgram)) {
    print('Skipped: there is no Redis here; npm run test:setup installs it.');
    return true;
  }
  print('Building and starting the servers ...');
  buildProofdesk();
  const redis = await startRedisServer();
  try {
    return report(await measure(redis.url, options));
  } finally {
    await redis.close();
  }
};
