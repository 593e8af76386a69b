import type { ClientEvent, OperationName } from './protocol.ts';

/** What the caller says; session and operation id are given by the client. */
export type OperationInput<Name extends OperationName> = Omit<ClientEvent<Name>, 'sessionId' | 'opId'>;

interface NamedOperation<Name extends OperationName> {
  /** Unique; the server does an operation once, however often it comes. */
  opId: string;
  name: Name;
  payload: OperationInput<Name>;
  /** Wall time at which it was asked for, in milliseconds since 1970 UTC; only shown. */
  askedAt: number;
}

/** A durable operation on its way, as the outbox keeps it. */
export type Operation = { [Name in OperationName]: NamedOperation<Name> }[OperationName];
