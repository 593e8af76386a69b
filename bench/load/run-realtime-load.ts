import { startProofdesk } from '../http/proofdesk-process.ts';
import type { Usage } from '../http/server-process.ts';
import { withTemporaryFolder } from '../http/temporary-folder.ts';
import { createCast, newSigningKey, seat } from '../realtime/cast.ts';
import { Generators, type Work } from '../realtime/generators.ts';

/** Who is in the rooms, what they do there, and for how long. */
export interface RealtimeProfile {
  clients: number;
  /** Clients of one session. */
  roomSize: number;
  /** Cursor moves a second of each client. */
  moves: number;
  /** Strokes a second of each client, each acknowledged after its commit. */
  strokes: number;
  minutes: number;
}

export interface RealtimeOutcome extends Work {
  before: Usage;
  after: Usage;
}

const generatorCount = 2;
const crowd = 'everybody';

/** Loads a server of its own, on temporary data, as the profile says, and ends by itself. */
export const runRealtimeLoad = async (profile: RealtimeProfile): Promise<RealtimeOutcome> => {
  const rooms = profile.clients / profile.roomSize;
  if (!Number.isInteger(rooms)) throw new Error('Choose as many clients as fill whole rooms.');
  return withTemporaryFolder(async (folder) => {
    const signingKey = newSigningKey();
    const server = await startProofdesk({ folder, signingKey });
    const generators = new Generators(generatorCount);
    try {
      const cast = createCast(server, signingKey, { people: profile.clients, rooms });
      const members = seat(cast.people, cast.takeRooms(rooms), profile.roomSize);
      await generators.open({ crowd, urlOf: () => server.url, dialect: 'proofdesk', members });
      const before = await server.usage();
      const work = await generators.work(crowd, {
        movesPerSecond: profile.moves,
        strokesPerSecond: profile.strokes * profile.clients,
        windowMs: profile.minutes * 60_000,
      });
      return { ...work, before, after: await server.usage() };
    } finally {
      generators.stop();
      await server.stop();
    }
  });
};
