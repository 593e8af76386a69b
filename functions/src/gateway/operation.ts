import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { OperationId } from '../access/permissions.ts';
import type { ByteRange } from '../ports/files.ts';
import type { Identity } from '../ports/identity.ts';
import type { ErrorCode } from '../protocol/error-codes.ts';

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What a handler is given: parsed and validated parts of the request, and who asks. */
export interface OperationRequest<User, Parameters, Query, Body> {
  user: User;
  /** The token the request came with; for the operations on tokens. */
  token: string | undefined;
  /** The caller's address (for IPv6 its /56 network), as throttles count it; never stored with a record. */
  ip: string;
  params: Parsed<Parameters>;
  query: Parsed<Query>;
  body: Parsed<Body>;
  /** The Accept header, for operations that answer in more than one form. */
  readonly accept?: string | undefined;
  /** Any other header, by its name in lower case; of several with one name the first. */
  header(name: string): string | undefined;
  /** The body as it came, for operations that ask for it. */
  readonly rawBody?: Buffer | undefined;
  /** The body of an operation that takes a file; it fails when its sender falls silent or goes away. */
  readonly file: Readable;
  /** Aborts when the caller goes away. */
  signal: AbortSignal;
}

/** A file that is sent as it is, whole or in part, to whoever does not have it yet. */
export interface FileReply {
  /** Bytes. */
  size: number;
  /** Names this content for ever: the address stands for the same bytes as long as it is there. */
  entityTag: string;
  contentType: string;
  /** Opens it; not called for who has it, or wants to know of it only. */
  open(range: ByteRange): Promise<Readable>;
}

/** What a handler answers. A `body` goes out as JSON unless `contentType` names another type for a text. */
export interface OperationReply {
  status: number;
  body?: unknown;
  contentType?: string;
  headers?: Record<string, string>;
  /** In place of a body. */
  file?: FileReply;
}

/** One reply that an operation can give, as published in the OpenAPI document. */
export interface PublishedReply {
  description: string;
  schema?: z.ZodType;
  /** `application/json` unless said otherwise. */
  contentType?: string;
  /** Other types in which the caller may ask for the same, as texts. */
  otherContentTypes?: readonly string[];
}

/**
 * One operation of the API: the router, the validation, the access check and the OpenAPI document are all made
 * from this description.
 */
export interface Operation {
  id: OperationId;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI form: `/api/v1/sessions/{id}`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** The handler is given the bytes of the body, because a signature covers them; it reads them by itself. */
  rawBody?: true;
  /** The body is a file, streamed as it is, of any type: in place of `body`. */
  takesFile?: { description: string; limitBytes: number };
  replies: Record<number, PublishedReply>;
  /** Errors beyond those every operation can give (authentication, validation, rate, internal). */
  errors?: readonly ErrorCode[];
  handle(request: OperationRequest<Identity | undefined, never, never, never>): Promise<OperationReply>;
}

interface OperationDescription<Parameters, Query, Body, User>
  extends Omit<Operation, 'params' | 'query' | 'body' | 'handle'> {
  params?: Parameters;
  query?: Query;
  body?: Body;
  handle(request: OperationRequest<User, Parameters, Query, Body>): Promise<OperationReply>;
}

const define =
  <User>() =>
  <
    Parameters extends z.ZodType | undefined = undefined,
    Query extends z.ZodType | undefined = undefined,
    Body extends z.ZodType | undefined = undefined,
  >(
    description: OperationDescription<Parameters, Query, Body, User>,
  ): Operation =>
    // The pipeline calls `handle` with nothing but what the description's own schemas let through.
    description as unknown as Operation;

/** Describes an operation for signed-in users: its handler always knows who asks. */
export const operation = define<Identity>();

/** Describes an operation that anyone may call: `user` is there only when the caller signed in. */
export const publicOperation = define<Identity | undefined>();
