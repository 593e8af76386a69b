import { Connection } from '../http/connection.ts';
import type { ServerProcess } from '../http/server-process.ts';

/** One server under one kind of request. */
export interface Candidate {
  label: string;
  server: ServerProcess;
  nextRequest(): string;
  /** Replies since the start, all of them 200. */
  answered: number;
}

/** What one candidate did in one window. */
export interface Measurement {
  replies: number;
  processorMs: number;
}

/** Replies per second of processor time, which other programs on the machine disturb least. */
export const repliesPerProcessorSecond = ({ replies, processorMs }: Measurement): number =>
  (replies * 1_000) / processorMs;

const openConnections = (url: string, count: number): Promise<Connection[]> =>
  Promise.all(Array.from({ length: count }, () => Connection.open(url)));

/** Sends one request after another until the deadline; anything but 200 ends the run. */
const drive = async (candidate: Candidate, connection: Connection, deadline: number): Promise<void> => {
  while (performance.now() < deadline) {
    const { status, body } = await connection.exchange(candidate.nextRequest());
    if (status !== 200) throw new Error(`${candidate.label} answered ${status}: ${body}`);
    candidate.answered += 1;
  }
};

const loadOne = async (
  candidate: Candidate,
  connections: readonly Connection[],
  deadline: number,
): Promise<Measurement> => {
  const answeredBefore = candidate.answered;
  const before = await candidate.server.usage();
  await Promise.all(connections.map((connection) => drive(candidate, connection, deadline)));
  const after = await candidate.server.usage();
  return {
    replies: candidate.answered - answeredBefore,
    processorMs: after.processorMs - before.processorMs,
  };
};

export interface Load {
  /** Keep-alive connections to each server; opened before the window begins. */
  connections: number;
  windowMs: number;
}

/** Loads all candidates at the same time; each must have a server of its own. */
export const loadTogether = async (candidates: readonly Candidate[], load: Load): Promise<Measurement[]> => {
  const opened = await Promise.all(
    candidates.map(({ server }) => openConnections(server.url, load.connections)),
  );
  try {
    const deadline = performance.now() + load.windowMs;
    return await Promise.all(
      candidates.map((candidate, index) => loadOne(candidate, opened[index] ?? [], deadline)),
    );
  } finally {
    for (const connection of opened.flat()) connection.close();
  }
};
