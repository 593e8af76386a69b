/** What the operating system has of a TCP or TLS stream. */
interface StreamHandle {
  /** Handed to it, whole writes at a time. */
  bytesWritten: number;
  /** Of these, what it has not put into its own buffer yet: falls while a large write goes out. */
  writeQueueSize: number;
}

/** What engine.io and Node keep for a reader; their types hide these fields. */
export interface ReaderInside {
  writeBuffer?: readonly { data?: string | Buffer }[];
  /** Runs while a ping was not answered. */
  pingTimeoutTimer?: { refresh(): unknown } | null;
  transport: {
    socket?: { _socket?: { writableLength: number; bytesWritten?: number; _handle?: StreamHandle | null } };
  };
}

/** Bytes that have gone out; of a reader that polls nothing is known but what waits for it. */
export const takenBytesOf = ({ transport }: ReaderInside): number => {
  const handle = transport.socket?._socket?._handle;
  return handle ? handle.bytesWritten - handle.writeQueueSize : 0;
};

/** Bytes that wait in this process. */
export const pendingBytesOf = (inside: ReaderInside): number => {
  const stream = inside.transport.socket?._socket;
  // Most readers have taken everything: that is seen at once.
  let bytes = stream?.writableLength ? (stream.bytesWritten ?? 0) - takenBytesOf(inside) : 0;
  for (const { data } of inside.writeBuffer ?? []) bytes += data?.length ?? 0;
  return bytes;
};

/** A ping lies behind what a slow reader has not taken: while it takes that, no answer is no sign of an end. */
export const awaitPong = ({ pingTimeoutTimer }: ReaderInside): void => void pingTimeoutTimer?.refresh();
