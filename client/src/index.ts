export { type ApiClient, createApiClient } from './api-client.ts';
export { ApiError } from './api-error.ts';
export type * from './api-protocol.ts';
export type { ApiOptions, ApiRequest } from './api-request.ts';
export type { Message, Position } from './confirmed-state.ts';
export { createSessionClient, type SessionClientOptions } from './create-session-client.ts';
export { createIndexedDbOutbox, type OutboxOwner } from './indexed-db-outbox.ts';
export { type NegotiatedCall, Negotiation, type NegotiationOptions } from './negotiation.ts';
export type { Operation, OperationInput } from './operation.ts';
export type { OperationAnswer } from './operation-sender.ts';
export { createMemoryOutbox, type Outbox } from './outbox.ts';
export type { Cursor, Drawing, People } from './people-state.ts';
export type {
  Annotation,
  CallAck,
  CallEndReason,
  CallEvents,
  ErrorCode,
  Handover,
  IceServer,
  NamedDurableEvent,
  OperationAck,
  OperationName,
  Participant,
  RefusedAck,
  SuggestionSource,
} from './protocol.ts';
export type { CallSignal, SessionCalls } from './session-calls.ts';
export { type OperationHandle, SessionClient, type SessionClientParts } from './session-client.ts';
export type { Phase, SessionEvents } from './session-events.ts';
export { SessionState, type SessionView } from './session-state.ts';
export { socketTransport } from './socket-transport.ts';
export { realSurroundings, type Surroundings } from './surroundings.ts';
export type { GetToken } from './tokens.ts';
export type { Connect, Handshake, Link, LinkListener } from './transport.ts';
