import type { Identity } from '../../ports/identity.ts';
import type { SessionLogEntry } from '../../ports/records.ts';
import type { SessionLog } from '../../ports/session-log.ts';
import type { NamedDurableEvent } from '../../protocol/realtime.ts';
import { type EventPair, eventPairOf } from './room-events.ts';
import type { RoomReplica } from './room-replica.ts';
import { asTold, summaryOf } from './room-view.ts';
import type { RoomState } from './rooms.ts';

/** Events of the longest delta; who missed more starts from a snapshot. */
const longestDelta = 1_000;

const seenBy = (user: Identity, pairs: readonly EventPair[]): NamedDurableEvent[] =>
  pairs.map(({ forStaff, forCustomers }) => (user.role === 'customer' ? forCustomers : forStaff));

/** Messages and comments that the user may see. */
const messagesFor = (user: Identity, { state }: RoomReplica): NamedDurableEvent[] => {
  const visible = ({ visibility }: SessionLogEntry): boolean =>
    visibility === 'public' || user.role !== 'customer';
  const pairs = state.messages.filter(visible).map((entry) => eventPairOf(entry, () => undefined));
  return pairs.map(({ forStaff }) => forStaff);
};

const snapshotFor = (user: Identity, replica: RoomReplica): RoomState => ({
  mode: 'snapshot',
  ...replica.position,
  annotations: Array.from(replica.state.annotations(), asTold),
  messages: messagesFor(user, replica),
  proofs: [...replica.state.proofs()].map(summaryOf),
});

/** Older events, made from the log; undefined when they do not fit into one page of it. */
const readPairs = async (
  replica: RoomReplica,
  log: SessionLog,
  sessionId: string,
  since: number,
): Promise<EventPair[] | undefined> => {
  const { epoch, seq } = replica.position;
  const page = await log.read(sessionId, since, longestDelta);
  const entries = page.entries.filter((entry) => entry.seq <= seq);
  if (page.head.epoch !== epoch || replica.position.epoch !== epoch || entries.at(-1)?.seq !== seq) {
    return undefined;
  }
  return entries.map((entry) => eventPairOf(entry, (id) => replica.state.annotation(id)));
};

/**
 * What a user needs who knows the session up to `from`: the events in between, or, when that place is unknown, of
 * another epoch or too long ago, everything as it stands (rule RT4).
 */
export const joinState = async (
  user: Identity,
  sessionId: string,
  replica: RoomReplica,
  log: SessionLog,
  from: { since: number; epoch: string } | undefined,
): Promise<RoomState> => {
  const { epoch, seq } = replica.position;
  if (from === undefined || from.epoch !== epoch || from.since > seq || seq - from.since > longestDelta) {
    return snapshotFor(user, replica);
  }
  if (from.since === seq) return { mode: 'delta', epoch, seq, events: [] };
  const pairs = replica.recent.after(from.since) ?? (await readPairs(replica, log, sessionId, from.since));
  const last = pairs?.at(-1);
  if (pairs === undefined || last === undefined) return snapshotFor(user, replica);
  return { mode: 'delta', epoch, seq: last.seq, events: seenBy(user, pairs) };
};
