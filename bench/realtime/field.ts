import { type ProofdeskProcess, startProofdesk } from '../http/proofdesk-process.ts';
import { type ServerProcess, startServerProcess } from '../http/server-process.ts';
import { type Cast, createCast, newSigningKey } from './cast.ts';
import { Generators } from './generators.ts';
import type { DialectName } from './orders.ts';
import { hocuspocusEntry } from './references.ts';

export interface FieldOptions {
  /** Logs and data are kept here. */
  folder: string;
  /** Node options for Proofdesk's process alone. */
  nodeOptions: readonly string[];
}

export const subjectNames = ['relay', 'hocuspocus', 'proofdesk'] as const;
export type SubjectName = (typeof subjectNames)[number];

/** One server that hands on cursors. */
export interface Subject {
  label: string;
  server: ServerProcess;
  dialect: DialectName;
}

/** Everything that is measured, and who loads it. */
export interface Field {
  raw: Subject;
  /** The raw relay again, in another process. */
  control: Subject;
  subjects: Record<SubjectName, Subject>;
  /** Commits what clients send, and does nothing else. */
  groupCommit: ServerProcess;
  groupCommitControl: ServerProcess;
  /** Writes the rows of Proofdesk and tells the room, and does nothing else. */
  sameRows: ServerProcess;
  proofdesk: ProofdeskProcess;
  cast: Cast;
  /** Strokes that Proofdesk has acknowledged. */
  acknowledged: number;
  /** Where further data may be kept. */
  folder: string;
  generators: Generators;
  stop(): Promise<void>;
}

/** Enough of both for every part of a run; sessions that were drawn in are not used again. */
const planted = { people: 1_800, rooms: 3_000 };
const generatorCount = 2;

/** Lets the memory of a server be read without garbage. */
const collectable = ['--expose-gc'];

const startServers = async ({ folder, nodeOptions }: FieldOptions, stops: (() => Promise<void>)[]) => {
  const keep = async <Server extends ServerProcess>(starting: Promise<Server>): Promise<Server> => {
    const server = await starting;
    stops.push(server.stop);
    return server;
  };
  const reference = (name: string, entry: URL, environment: Record<string, string> = {}) =>
    keep(
      startServerProcess({
        name,
        entry,
        folder,
        nodeOptions: collectable,
        environment: { DATABASE_FILE: `${folder}/${name}.sqlite`, ...environment },
      }),
    );
  const own = (name: string, file: string, environment?: Record<string, string>) =>
    reference(name, new URL(`../servers/${file}`, import.meta.url), environment);
  const signingKey = newSigningKey();
  const proofdesk = await keep(
    startProofdesk({ folder, nodeOptions: [...collectable, ...nodeOptions], signingKey }),
  );
  return {
    raw: await own('raw', 'ws-relay.js'),
    control: await own('control', 'ws-relay.js'),
    relay: await own('relay', 'socket-io-relay.js'),
    hocuspocus: await reference('hocuspocus', hocuspocusEntry),
    groupCommit: await own('group-commit', 'group-commit.js'),
    groupCommitControl: await own('group-commit-control', 'group-commit.js'),
    sameRows: await own('same-rows', 'same-rows.js', { RECORDS_FILE: proofdesk.databaseFile }),
    proofdesk,
    signingKey,
  };
};

/** Starts every server and every load generator. */
export const prepareField = async (options: FieldOptions): Promise<Field> => {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(stops.splice(0).map((end) => end()));
  };
  try {
    const servers = await startServers(options, stops);
    const generators = new Generators(generatorCount);
    stops.push(async () => generators.stop());
    const { raw, control, relay, hocuspocus, proofdesk } = servers;
    return {
      ...servers,
      raw: { label: 'raw ws relay', server: raw, dialect: 'raw' },
      control: { label: 'raw ws relay (control)', server: control, dialect: 'raw' },
      subjects: {
        relay: { label: 'Socket.IO relay', server: relay, dialect: 'relay' },
        hocuspocus: { label: 'Hocuspocus, awareness', server: hocuspocus, dialect: 'hocuspocus' },
        proofdesk: { label: 'Proofdesk', server: proofdesk, dialect: 'proofdesk' },
      },
      cast: createCast(proofdesk, servers.signingKey, planted),
      acknowledged: 0,
      folder: options.folder,
      generators,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
