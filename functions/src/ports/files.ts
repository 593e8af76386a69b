import type { Readable } from 'node:stream';

/** What was stored. */
export interface StoredFile {
  /** Bytes. */
  size: number;
  /** SHA-256 of the bytes, in lower-case hexadecimal; computed while they came in. */
  sha256: string;
}

/** A part of a file: both ends are included, as in HTTP; counted from 0. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Keeps large files, such as artwork, each under an id that the server made (`idSchema`); engines derive path or
 * object name from it alone and refuse any other text with a plain Error. A file never changes: it is put once,
 * read often, and deleted. On a disk a put is a temporary file that is synced and renamed; in an object store it
 * is an upload that is finished on condition that the object does not exist (`ifGenerationMatch: 0`), so that
 * there, too, nobody sees a part of a file.
 *
 * A store that is full, slow or gone fails with AppError `unavailable`, and nothing of the file is there then.
 */
export interface Files {
  /**
   * Stores what the source gives, holding only a few chunks in memory. The file can be read from the moment at
   * which the promise is fulfilled, and is as durable as the engine promises. Whatever goes wrong before leaves
   * nothing behind: AppError `payload_too_large` beyond `limitBytes`, `already_exists` when the id is taken, and
   * the source's own error when that fails. A source that is not read to its end is destroyed.
   */
  put(id: string, source: Readable, limitBytes: number): Promise<StoredFile>;
  /**
   * Opens a file, or a part of it that lies within it; the caller reads the stream to its end or destroys it.
   * AppError `not_found` when there is no such file.
   */
  read(id: string, range?: ByteRange): Promise<Readable>;
  /** Whether there is such a file, whole. */
  exists(id: string): Promise<boolean>;
  /** Deletes a file; fulfilled as well when there is none. Streams that are open may still be read to their end. */
  delete(id: string): Promise<void>;
  /**
   * Removes what cut uploads left, where nobody has written to for `idleMs`. Called by a server that knows whether
   * somebody puts files into the same store meanwhile; never by the command line. Object stores that expire
   * unfinished uploads by themselves do nothing.
   */
  removeLeftovers(idleMs: number): Promise<void>;
  /** Whether files can be stored now, as far as it can be told without storing one; never throws. */
  healthy(): Promise<boolean>;
}
