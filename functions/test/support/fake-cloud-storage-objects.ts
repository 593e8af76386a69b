import { createHash } from 'node:crypto';

/** An object as the JSON API tells of it. */
export interface StoredObject {
  name: string;
  bytes: Buffer;
  metadata: Record<string, unknown>;
  generation: number;
}

/** An upload in parts that has not ended. */
export interface Session {
  name: string;
  metadata: Record<string, unknown>;
  ifGenerationMatch: string | null;
  received: Buffer;
  result?: Outcome;
}

export interface Outcome {
  status: number;
  headers?: Record<string, string>;
  /** Bytes as they are, nothing, or what is told as JSON. */
  body: unknown;
}

export const failure = (code: number, message: string): Outcome => ({
  status: code,
  headers: { 'Content-Type': 'application/json' },
  body: { error: { code, message, errors: [{ reason: message, message }] } },
});

export const describeObject = ({ name, bytes, metadata, generation }: StoredObject) => ({
  ...metadata,
  kind: 'storage#object',
  name,
  generation: String(generation),
  size: String(bytes.length),
  md5Hash: createHash('md5').update(bytes).digest('base64'),
});

/** The objects of one bucket, with the preconditions of the real one. */
export class Objects {
  readonly all = new Map<string, StoredObject>();
  readonly sessions = new Map<string, Session>();
  readonly bucket: string;
  #generation = 0;

  constructor(bucket: string) {
    this.bucket = bucket;
  }

  create({ name, metadata, ifGenerationMatch }: Omit<Session, 'received'>, bytes: Buffer): Outcome {
    const current = this.all.get(name)?.generation ?? 0;
    if (ifGenerationMatch !== null && Number(ifGenerationMatch) !== current) {
      return failure(412, 'At least one of the pre-conditions you specified did not hold.');
    }
    this.#generation += 1;
    const object = { name, bytes, metadata, generation: this.#generation };
    this.all.set(name, object);
    return { status: 200, headers: { 'Content-Type': 'application/json' }, body: describeObject(object) };
  }

  /** Takes a part: its place, and the size of the whole when it is the last. */
  append(session: Session, contentRange: string, bytes: Buffer): Outcome {
    if (session.result !== undefined) return session.result;
    const [, start, total] = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(contentRange) ?? [];
    if (total === undefined) return failure(400, `Failed to parse Content-Range header: ${contentRange}`);
    if (start !== undefined) {
      if (Number(start) > session.received.length) return failure(503, 'A part is missing.');
      session.received = Buffer.concat([session.received.subarray(0, Number(start)), bytes]);
    }
    if (Number(total) !== session.received.length) return { status: 308, body: undefined };
    session.result = this.create(session, session.received);
    return session.result;
  }
}
