import { type CursorSample, sampleOf } from '../realtime/cursors.ts';
import { type DeskName, type Desks, deskNames, load } from './desks.ts';
import { redisProcessorMs } from './redis-processor.ts';

/** What one desk did in one window. */
export interface NodeSample extends CursorSample {
  processorMs: number;
  redisMs: number;
}

export type NodeRound = Record<DeskName, NodeSample>;

export interface NodeWindows {
  rounds: number;
  windowMs: number;
  redisUrl: string;
}

/** So long each desk is loaded before, because code is compiled as it runs. */
const warmUpMs = 8_000;

const takeSample = async (
  { desks, generators }: Desks,
  name: DeskName,
  { windowMs, redisUrl }: NodeWindows,
): Promise<NodeSample> => {
  const used = (): Promise<number[]> => Promise.all([desks[name].processorMs(), redisProcessorMs(redisUrl)]);
  const [before = 0, redisBefore = 0] = await used();
  const moved = await generators.move(name, { perSecond: load.movesPerSecond, windowMs });
  const [after = 0, redisAfter = 0] = await used();
  const processorMs = after - before;
  return {
    ...sampleOf(moved, { load, windowMs }, processorMs),
    processorMs,
    redisMs: redisAfter - redisBefore,
  };
};

/** Loads the desks in turn, round after round, each round beginning with another one. */
export const measureNodes = async (desks: Desks, windows: NodeWindows): Promise<NodeRound[]> => {
  for (const name of deskNames) {
    await desks.generators.move(name, { perSecond: load.movesPerSecond, windowMs: warmUpMs });
  }
  const taken: NodeRound[] = [];
  for (let round = 0; round < windows.rounds; round += 1) {
    const samples: Partial<NodeRound> = {};
    for (let turn = 0; turn < deskNames.length; turn += 1) {
      const name = deskNames[(round + turn) % deskNames.length] as DeskName;
      samples[name] = await takeSample(desks, name, windows);
    }
    taken.push(samples as NodeRound);
  }
  return taken;
};
