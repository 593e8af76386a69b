import type { ClientEvent, OperationName } from '../../protocol/realtime.ts';

/** A durable operation as it was asked for, validated. */
export type RoomOperation = {
  [Name in OperationName]: { name: Name } & Omit<ClientEvent<Name>, 'sessionId'>;
}[OperationName];
