/** A request that must be refused, by construction. */
export interface BadRequest {
  /** What is wrong with it. */
  kind: string;
  method: string;
  /** Path and query as they are sent. */
  target: string;
  headers: Record<string, string>;
  body?: Buffer;
  /** Sends the body in chunks, without announcing its length. */
  chunked?: boolean;
  /** The only statuses that are right; any 4xx otherwise. */
  statuses?: readonly number[];
}

/** Bytes for the socket that no HTTP client would send. */
export interface BadBytes {
  kind: string;
  bytes: Buffer;
}

export interface ReceivedReply {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
}
