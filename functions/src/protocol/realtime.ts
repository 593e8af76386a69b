import { z } from 'zod';
import {
  type Annotation,
  addAnnotationSchema,
  annotationDataSchema,
  layerSchema,
  operationIdSchema,
  pageSchema,
} from './annotations.ts';
import { callRequests } from './calls.ts';
import { idSchema, textSchema } from './common.ts';
import type { DocumentationJob } from './documentation-api.ts';
import {
  annotationTypeSchema,
  type PresenceStatus,
  presenceStatusSchema,
  type Role,
  type Visibility,
  visibilitySchema,
} from './enumerations.ts';
import type { ErrorCode } from './error-codes.ts';
import type { Handover } from './messages.ts';
import type { ProofSummary } from './proofs.ts';
import type { SuggestionSource } from './support.ts';

/**
 * Version of this protocol. A client may send it as `proto` in the handshake; a server that cannot speak it
 * refuses the connection with `malformed_request`.
 */
export const protocolVersion = 1;

/** Every event names its session; it may be left out by a socket that is in exactly one. */
const inSession = { sessionId: idSchema.optional() };
/** Makes an operation idempotent for the life of the session (rule RT3). */
const operation = { ...inSession, opId: operationIdSchema.optional() };

const unit = z.number().min(0).max(1);
const point = z.tuple([unit, unit]);
const seqSchema = z.int().min(0);

/** What a client may send; unknown events are refused (rule RT10). */
export const clientEvents = {
  'session:join': z.strictObject({
    sessionId: idSchema,
    role: z.string().max(32).optional(),
    since: seqSchema.optional(),
    epoch: z.string().max(64).optional(),
    caps: z.array(z.string().max(32)).max(16).optional(),
  }),
  'session:leave': z.strictObject(inSession),
  'session:sync': z.strictObject({ ...inSession, since: seqSchema }),
  'annotation:add': addAnnotationSchema.partial({ sessionId: true }),
  'annotation:update': z.strictObject({
    ...operation,
    id: idSchema,
    patch: z
      .strictObject({
        type: annotationTypeSchema.optional(),
        data: annotationDataSchema.optional(),
        layer: layerSchema.optional(),
        page: pageSchema.optional(),
      })
      .refine((patch) => Object.keys(patch).length > 0, 'name at least one property'),
    ifRev: z.int().min(1).optional(),
  }),
  'annotation:delete': z.strictObject({ ...operation, id: idSchema }),
  'annotation:clear': z.strictObject({ ...operation, layer: layerSchema.optional() }),
  'annotation:resolve': z.strictObject({ ...operation, id: idSchema, resolved: z.boolean() }),
  'annotation:draw': z.strictObject({ ...inSession, id: idSchema, points: z.array(point).min(1).max(500) }),
  'comment:add': z.strictObject({ ...operation, annotationId: idSchema, body: textSchema }),
  'chat:message': z.strictObject({ ...operation, body: textSchema, visibility: visibilitySchema.optional() }),
  'chat:read': z.strictObject({ ...inSession, seq: seqSchema }),
  'cursor:move': z.strictObject({ ...inSession, x: unit, y: unit, page: pageSchema.optional() }),
  'typing:start': z.strictObject(inSession),
  'typing:stop': z.strictObject(inSession),
  'presence:update': z.strictObject({ ...inSession, status: presenceStatusSchema }),
  'support:preview': z.strictObject({ text: textSchema }),
  ...callRequests,
  'auth:renew': z.strictObject({ token: z.string().min(1).max(8_192) }),
} as const;

export type ClientEventName = keyof typeof clientEvents;
export type ClientEvent<Name extends ClientEventName> = z.output<(typeof clientEvents)[Name]>;

/** Client events that change a session's log; each does so once for its `opId`. */
export type OperationName = {
  [Name in ClientEventName]: 'opId' extends keyof ClientEvent<Name> ? Name : never;
}[ClientEventName];

/** Answer to a refused event. */
export interface RefusedAck {
  ok: false;
  code: ErrorCode;
  message: string;
  /** Whether the same event may succeed later. */
  retryable: boolean;
  retryAfterMs?: number;
  /** With a refused `ifRev`: the annotation as it stands. */
  current?: Annotation;
}

/** Answer to a durable operation, given after its commit (rule RT2). */
export interface OperationAck {
  ok: true;
  opId: string;
  /** What the operation made or changed. */
  id: string;
  seq: number;
  rev: number;
  at: string;
  /** The operation was done before; this is its first ack. */
  dup?: true;
}

/** Somebody in a session, over all of their tabs and devices. */
export interface Participant {
  userId: string;
  name: string;
  role: Role;
  status: PresenceStatus;
}

/** What every durable event carries beside its own fields. */
export interface DurableEnvelope {
  sessionId: string;
  /** Orders all durable events of one session, without gaps (rule RT1). */
  seq: number;
  at: string;
  /** Who did it: a user's id, `system` or `assistant`. */
  by: string;
  /** The operation it came from, so that its author's client knows it as its own. */
  opId?: string;
}

/** Fields of each durable event beside the envelope. */
export interface DurableFields {
  /** The annotation itself: its `seq` is the event's. */
  'annotation:added': Annotation;
  'annotation:updated': { id: string; rev: number; annotation: Annotation };
  'annotation:deleted': { id: string };
  'annotation:cleared': { ids: string[]; layer?: string };
  'annotation:resolved': { id: string; rev: number; resolved: boolean };
  'comment:added': { id: string; annotationId: string; body: string };
  /** `sources` and `handover` are the assistant's (rule RT13). */
  'chat:message': {
    id: string;
    body: string;
    visibility: Visibility;
    sources?: SuggestionSource[];
    handover?: Handover;
  };
  /** A new artwork or version: its `seq` is the event's. */
  'proof:added': ProofSummary;
  'proof:decided': { id: string; rev: number } & Required<Pick<ProofSummary, 'status' | 'decision'>>;
  /** Something the receiver may not see, or that is not drawn: it only moves the place (rule RT14). */
  'session:tick': Record<never, never>;
}

export type DurableEventName = keyof DurableFields;
export type DurableEvent<Name extends DurableEventName = DurableEventName> = DurableEnvelope &
  DurableFields[Name];

/** A durable event with its name, as deltas and sync answers list them. */
export type NamedDurableEvent = {
  [Name in DurableEventName]: { event: Name; payload: DurableEvent<Name> };
}[DurableEventName];

/** Answer to session:join (rule RT4). */
export interface JoinedAck {
  ok: true;
  epoch: string;
  /** The position that `annotations` and `messages`, or the last of `events`, stand for. */
  seq: number;
  mode: 'snapshot' | 'delta';
  /** Only in a snapshot: everything that is not deleted, in order of `seq`. */
  annotations: Annotation[];
  /** Only in a snapshot: the newest messages and comments the user may see, oldest first. */
  messages: NamedDurableEvent[];
  /** Only in a snapshot: every version of every artwork, in order of `seq`. */
  proofs: ProofSummary[];
  /** Only in a delta: what came after `since`, in order. */
  events?: NamedDurableEvent[];
  participants: Participant[];
  you: Participant;
}

/** Answer to session:sync: the missing events, or the advice to join anew for a snapshot. */
export type SyncAck =
  | { ok: true; mode: 'delta'; epoch: string; seq: number; events: NamedDurableEvent[] }
  | { ok: true; mode: 'snapshot'; epoch: string; seq: number };

/** What goes with every event that is not durable. */
interface FromUser {
  sessionId: string;
  userId: string;
}

/** Events that only the moment needs: never stored, dropped first for slow readers (rules RT7 and RT11). */
export interface EphemeralEvents {
  'user:joined': { sessionId: string; participant: Participant };
  'user:left': FromUser & { reason: 'left' | 'gone' };
  'presence:changed': FromUser & { status: PresenceStatus };
  'cursor:moved': FromUser & { x: number; y: number; page: number };
  'cursor:frame': { sessionId: string; moves: [userId: string, x: number, y: number, page: number][] };
  'annotation:drawing': FromUser & { id: string; points: [number, number][] };
  'typing:start': FromUser;
  'typing:stop': FromUser;
  'chat:read': FromUser & { seq: number };
}

/** What only the server says. */
export interface ServerEvents {
  'session:head': { sessionId: string; epoch: string; seq: number };
  'session:resync': { sessionId: string };
  'queue:position': { sessionId: string; position: number; estimatedWaitSeconds: number | null };
  'session:assigned': { sessionId: string; agentId: string };
  'session:updated': { sessionId: string; status: string };
  'session:insight': { sessionId: string; seq: number; sentiment: string; emotion: string; urgency: string };
  'queue:updated': { queued: number };
  'documentation:progress': DocumentationJob;
  'server:draining': { graceMs: number };
  'auth:expiring': { expiresAt: string };
  /** A refused event that had no callback, or (with `sessionId`) the end of a membership. */
  error: RefusedAck & { event?: string; sessionId?: string };
}
