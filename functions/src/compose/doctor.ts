import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Config, identityEngine } from '../config.ts';
import { AppError } from '../errors/app-error.ts';
import { newId } from '../ids/new-id.ts';
import { isoTime } from '../ports/clock.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createAi } from './ai-engine.ts';
import { type Engines, openEngines } from './engines.ts';
import { ensureFitForProduction, hasDemoUser, hasUser } from './fit-for-production.ts';
import { findServerLease } from './server-lease.ts';
import { clock } from './system-time.ts';

/** What an examination found of one part: a figure when it is good, what to do when it is not. */
export interface Finding {
  part: string;
  good: boolean;
  text: string;
}

const reasonOf = (error: unknown): string => {
  if (error instanceof AppError) return error.detail;
  return error instanceof Error ? error.message : String(error);
};

const examinePart = async (part: string, work: () => Promise<string>): Promise<Finding> => {
  try {
    return { part, good: true, text: await work() };
  } catch (error) {
    return { part, good: false, text: reasonOf(error) };
  }
};

/** Writes, reads and removes a record, as any request would. */
const tryRecords = async ({ store, recordsEngine }: Engines): Promise<string> => {
  const id = `doctor-${newId()}`;
  const before = clock.monotonicMs();
  const lease = { id, holder: 'doctor', host: '', pid: process.pid, expiresAt: isoTime(clock.now()) };
  await store.write((writer) => writer.create('leases', lease));
  const written = clock.monotonicMs();
  const found = await store.get('leases', id);
  const read = clock.monotonicMs();
  await store.write((writer) => writer.delete('leases', id));
  if (found === undefined) throw new Error('A record that was written cannot be read.');
  const took = (ms: number) => `${ms.toFixed(1)} ms`;
  return `${recordsEngine}: a write takes ${took(written - before)}, a read ${took(read - written)}`;
};

const tellServer = async ({ store }: Engines): Promise<string> => {
  const lease = await findServerLease(store, clock);
  if (lease === undefined) return 'none runs on these records';
  return `process ${lease.pid} on ${lease.host} serves these records`;
};

const tryAccounts = async (config: Config, { store }: Engines): Promise<string> => {
  await ensureFitForProduction(config, store);
  if (config.production && (await hasDemoUser(store))) {
    throw new Error('There are demo accounts, whose password everybody knows: choose empty records.');
  }
  const name = identityEngine(config);
  return (await hasUser(store, 'admin'))
    ? `${name}: there is an administrator`
    : `${name}: there is no administrator yet`;
};

/** Stores, reads and removes a file. */
const tryFiles = async ({ files, filesEngine }: Engines): Promise<string> => {
  const id = newId();
  const before = clock.monotonicMs();
  await files.put(id, Readable.from([Buffer.from('doctor')]), 100);
  const found = await text(await files.read(id));
  await files.delete(id);
  if (found !== 'doctor') throw new Error('A file that was stored cannot be read.');
  return `${filesEngine}: a file is stored, read and removed in ${(clock.monotonicMs() - before).toFixed(1)} ms`;
};

const tryShared = async ({ shared }: Engines): Promise<string> => {
  if (!shared.healthy())
    throw new Error('Redis does not answer, or refuses what is written: look at it and at REDIS_URL.');
  return shared.name === 'redis' ? 'redis: it answers' : 'memory: one server alone';
};

const tryAi = async (config: Config, { shared }: Engines): Promise<string> => {
  const ai = await createAi(config, shared.cache, createLogger({ level: 'silent' }));
  const before = clock.monotonicMs();
  const analysis = await ai.engine.analyze(`Where is my order ${newId()}?`);
  const took = `${(clock.monotonicMs() - before).toFixed(0)} ms`;
  if (config.openai !== undefined && analysis.engine !== 'openai') {
    throw new Error(
      'OpenAI did not answer, the local model did: look at OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL.',
    );
  }
  return `${analysis.engine}: an analysis takes ${took}`;
};

/** Tries each engine that is configured. A server may run meanwhile. */
export const examine = async (config: Config): Promise<Finding[]> => {
  let engines: Engines | undefined;
  const opened = await examinePart('open', async () => {
    engines = await openEngines(config, createLogger({ level: 'silent' }));
    return `DATA_DIR=${config.dataDir}`;
  });
  if (engines === undefined) return [opened];
  const parts = engines;
  try {
    return [
      opened,
      await examinePart('records', () => tryRecords(parts)),
      await examinePart('server', () => tellServer(parts)),
      await examinePart('accounts', () => tryAccounts(config, parts)),
      await examinePart('files', () => tryFiles(parts)),
      await examinePart('cache', () => tryShared(parts)),
      await examinePart('ai', () => tryAi(config, parts)),
    ];
  } finally {
    await parts.close();
  }
};
