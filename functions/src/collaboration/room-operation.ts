import type { ClientEvent } from '../protocol/realtime.ts';

/** Client events that change a session's log. */
export type RoomOperationName =
  | 'annotation:add'
  | 'annotation:update'
  | 'annotation:delete'
  | 'annotation:clear'
  | 'annotation:resolve'
  | 'comment:add'
  | 'chat:message';

/** A durable operation as it was asked for, validated. */
export type RoomOperation = {
  [Name in RoomOperationName]: { name: Name } & Omit<ClientEvent<Name>, 'sessionId'>;
}[RoomOperationName];
