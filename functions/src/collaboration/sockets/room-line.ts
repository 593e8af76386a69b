import type { Relay } from '../../ports/relay.ts';
import type { LogPosition } from '../../ports/session-log.ts';
import type { Participant } from '../../protocol/realtime.ts';
import type { CallMessage, CallPlace } from './call-places.ts';

/** What one node tells the others of a session that it has open. */
export type RoomMessage =
  /** Something was written to the log, up to here. */
  | ({ kind: 'head' } & LogPosition)
  /** Everybody who is here at the node, and with which devices; with `asking`, the others are to say the same. */
  | ({ kind: 'here'; participants: Participant[]; asking?: true } & CallPlace)
  | CallMessage
  | { kind: 'typing'; userId: string; typing: boolean }
  | { kind: 'read'; userId: string; seq: number };

/** The line between the nodes that have one session open. */
export interface RoomLine {
  say(message: RoomMessage): void;
  hangUp(): void;
}

const topicOf = (sessionId: string): string => `room:${sessionId}`;

/** Says something about a session to whoever has it open, without having it open here. */
export const sayToRoom = (relay: Relay, sessionId: string, message: RoomMessage): void =>
  relay.publish(topicOf(sessionId), message);

export const openRoomLine = (
  relay: Relay,
  sessionId: string,
  hear: (message: RoomMessage, nodeId: string) => void,
): RoomLine => ({
  say: (message) => sayToRoom(relay, sessionId, message),
  hangUp: relay.subscribe(topicOf(sessionId), (message, nodeId) => hear(message as RoomMessage, nodeId)),
});
