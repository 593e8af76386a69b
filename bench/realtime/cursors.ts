import { seat } from './cast.ts';
import type { Field, Subject, SubjectName } from './field.ts';
import type { Latencies } from './latencies.ts';

/** A delivery that comes later than this is none: the cursor is elsewhere by then. */
const latestMs = 60;

/** Who moves cursors, and how often. */
export interface CursorLoad {
  clients: number;
  roomSize: number;
  movesPerSecond: number;
}

/** What one server did in one window. */
export interface CursorSample {
  /** Moves that reached another client in time, each counted once for each receiver, by processor-second. */
  perProcessorSecond: number;
  perSecond: number;
  /** Share of all that should have been delivered. */
  delivered: number;
  p50: number;
  p99: number;
}

/** `raw` and `control` are two equal servers. */
export type RelayName = 'raw' | 'control' | SubjectName;
export type CursorRound = Map<RelayName, CursorSample>;

export interface CursorOptions {
  load: CursorLoad;
  rounds: number;
  windowMs: number;
}

/** So long each server is loaded before, because code is compiled as it runs. */
const warmUpMs = 2_500;

export const sampleOf = (
  { moves, latencies }: { moves: number; latencies: Latencies },
  { load, windowMs }: Pick<CursorOptions, 'load' | 'windowMs'>,
  processorMs: number,
): CursorSample => {
  const deliveries = latencies.within(latestMs);
  return {
    perProcessorSecond: (deliveries * 1_000) / processorMs,
    perSecond: (deliveries * 1_000) / windowMs,
    delivered: deliveries / (moves * (load.roomSize - 1)),
    p50: latencies.quantile(0.5),
    p99: latencies.quantile(0.99),
  };
};

const takeSample = async (
  { generators }: Field,
  crowd: string,
  { server }: Subject,
  options: CursorOptions,
): Promise<CursorSample> => {
  const perSecond = options.load.movesPerSecond;
  const before = await server.usage();
  const moved = await generators.move(crowd, { perSecond, windowMs: options.windowMs });
  const after = await server.usage();
  return sampleOf(moved, options, after.processorMs - before.processorMs);
};

/** Lets the same people into the same rooms of every server. */
const openCrowds = async (field: Field, load: CursorLoad): Promise<[RelayName, Subject][]> => {
  const { generators, cast } = field;
  const rooms = cast.takeRooms(load.clients / load.roomSize);
  const members = seat(cast.people, rooms, load.roomSize);
  const relays = Object.entries({ raw: field.raw, control: field.control, ...field.subjects }) as [
    RelayName,
    Subject,
  ][];
  for (const [crowd, { server, dialect }] of relays) {
    await generators.open({ crowd, urlOf: () => server.url, dialect, members });
    await generators.move(crowd, { perSecond: load.movesPerSecond, windowMs: warmUpMs });
  }
  return relays;
};

/** Loads the servers in turn, round after round, each round beginning with another one. */
export const measureCursors = async (field: Field, options: CursorOptions): Promise<CursorRound[]> => {
  const relays = await openCrowds(field, options.load);
  const taken: CursorRound[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const samples: CursorRound = new Map();
    for (let turn = 0; turn < relays.length; turn += 1) {
      const [crowd, relay] = relays[(round + turn) % relays.length] as [RelayName, Subject];
      samples.set(crowd, await takeSample(field, crowd, relay, options));
    }
    taken.push(samples);
  }
  for (const [crowd] of relays) await field.generators.close(crowd);
  return taken;
};
