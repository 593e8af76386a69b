import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Processor time that a Redis has used since it started, as it says itself. */
export const redisProcessorMs = async (url: string): Promise<number> => {
  const { stdout } = await promisify(execFile)('redis-cli', ['-u', url, 'INFO', 'cpu']);
  const seconds = ['used_cpu_sys', 'used_cpu_user'].map((name) => {
    const told = new RegExp(`^${name}:([\\d.]+)`, 'm').exec(stdout)?.[1];
    if (told === undefined) throw new Error(`Redis does not tell ${name}.`);
    return Number(told);
  });
  return seconds.reduce((sum, each) => sum + each * 1_000, 0);
};
