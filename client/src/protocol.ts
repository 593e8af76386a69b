/**
 * The one door to what client and server share. Only types pass, and what needs no validation library, so that
 * a browser does not load one; the build copies the protocol into this package.
 */
export { applyPatch } from '../../functions/src/protocol/annotation-merge.ts';
export type {
  Annotation,
  defaultLayer as DefaultLayer,
  defaultPage as DefaultPage,
} from '../../functions/src/protocol/annotations.ts';
export type { CallAck, CallEndReason, CallEvents, IceServer } from '../../functions/src/protocol/calls.ts';
export type { PresenceStatus, Visibility } from '../../functions/src/protocol/enumerations.ts';
export { type ErrorCode, errorCodes } from '../../functions/src/protocol/error-codes.ts';
export type { Handover } from '../../functions/src/protocol/messages.ts';
export type { ProofSummary } from '../../functions/src/protocol/proofs.ts';
export type {
  ClientEvent,
  DurableEvent,
  DurableEventName,
  EphemeralEvents,
  JoinedAck,
  NamedDurableEvent,
  OperationAck,
  OperationName,
  Participant,
  protocolVersion as ProtocolVersion,
  RefusedAck,
  ServerEvents,
  SyncAck,
} from '../../functions/src/protocol/realtime.ts';
export type { AnalyzeReply, SuggestionSource } from '../../functions/src/protocol/support.ts';
