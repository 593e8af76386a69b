import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ServerProcess } from '../http/server-process.ts';
import { seat } from './cast.ts';
import type { Field } from './field.ts';
import type { DialectName } from './orders.ts';
import { strokes } from './strokes.ts';

/** What one server did in one window. */
export interface AddSample {
  perSecond: number;
  perProcessorSecond: number;
  p50: number;
  p99: number;
}

/** Two equal bare servers, one that writes and tells what Proofdesk does without any rule, and Proofdesk. */
export const storerNames = ['bare', 'control', 'rows', 'proofdesk'] as const;
export type StorerName = (typeof storerNames)[number];

/** One round; `alone` is the bare server's commit without a network, in commits a second. */
export type AddRound = Record<StorerName, AddSample> & { alone: number };

export interface AddSamples {
  /** As fast as acks come. */
  rounds: AddRound[];
  /** At a steady pace, Proofdesk and one bare server. */
  paced: Record<'bare' | 'proofdesk', AddSample>[];
}

interface Storer {
  server: ServerProcess;
  dialect: DialectName;
}

const clients = 50;
const roomSize = 2;
/** Of all clients together, in the paced windows. */
export const pacedPerSecond = 1_000;

const storersOf = ({
  groupCommit,
  groupCommitControl,
  sameRows,
  proofdesk,
}: Field): Record<StorerName, Storer> => ({
  bare: { server: groupCommit, dialect: 'relay' },
  control: { server: groupCommitControl, dialect: 'relay' },
  rows: { server: sameRows, dialect: 'relay' },
  proofdesk: { server: proofdesk, dialect: 'proofdesk' },
});

interface Window {
  /** Of all clients together; 0: as fast as acks come. */
  perSecond: number;
  windowMs: number;
}

/** Lets 50 clients draw on one server, two in each session, all of them sessions that nobody has used before. */
const takeSample = async (field: Field, name: StorerName, window: Window): Promise<AddSample> => {
  const { generators, cast } = field;
  const { server, dialect } = storersOf(field)[name];
  const crowd = `adds to ${name}`;
  const members = seat(cast.people, cast.takeRooms(clients / roomSize), roomSize);
  await generators.open({ crowd, urlOf: () => server.url, dialect, members });
  const before = await server.usage();
  const latencies = await generators.draw(crowd, window);
  const after = await server.usage();
  await generators.close(crowd);
  if (name === 'proofdesk') field.acknowledged += latencies.count;
  return {
    perSecond: (latencies.count * 1_000) / window.windowMs,
    perProcessorSecond: (latencies.count * 1_000) / (after.processorMs - before.processorMs),
    p50: latencies.quantile(0.5),
    p99: latencies.quantile(0.99),
  };
};

const aloneEntry = fileURLToPath(new URL('../servers/group-commit-alone.js', import.meta.url));

const commitAlone = async ({ folder }: Field, windowMs: number): Promise<number> => {
  const file = join(folder, `alone-${randomUUID()}.sqlite`);
  const text = JSON.stringify({ type: 'pen', data: strokes[0] });
  const numbers = [clients, windowMs].map(String);
  const { stdout } = await promisify(execFile)(process.execPath, [aloneEntry, file, ...numbers, text]);
  return Number(stdout);
};

/** After so many strokes the code that keeps them has long been compiled. */
const warmUpStrokes = 10_000;
const longestWarmUpMs = 12_000;

const warmUp = async (field: Field, name: StorerName): Promise<void> => {
  const deadline = performance.now() + longestWarmUpMs;
  for (let drawn = 0; drawn < warmUpStrokes && performance.now() < deadline; ) {
    drawn += (await takeSample(field, name, { perSecond: 0, windowMs: 1_500 })).perSecond * 1.5;
  }
};

const takeRound = async (field: Field, windowMs: number, first: number): Promise<AddRound> => {
  const samples: Partial<Record<StorerName, AddSample>> = {};
  for (let turn = 0; turn < storerNames.length; turn += 1) {
    const name = storerNames[(first + turn) % storerNames.length] as StorerName;
    samples[name] = await takeSample(field, name, { perSecond: 0, windowMs });
  }
  const alone = await commitAlone(field, windowMs);
  return { ...(samples as Record<StorerName, AddSample>), alone };
};

/** Loads the servers in turn, round after round, then at a steady pace. */
export const measureAdds = async (
  field: Field,
  { rounds, windowMs }: { rounds: number; windowMs: number },
): Promise<AddSamples> => {
  for (const name of storerNames) await warmUp(field, name);
  const samples: AddSamples = { rounds: [], paced: [] };
  for (let round = 0; round < rounds; round += 1)
    samples.rounds.push(await takeRound(field, windowMs, round));
  for (let round = 0; round < rounds; round += 1) {
    const window = { perSecond: pacedPerSecond, windowMs };
    const bare = await takeSample(field, 'bare', window);
    samples.paced.push({ bare, proofdesk: await takeSample(field, 'proofdesk', window) });
  }
  return samples;
};
