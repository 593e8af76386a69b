import { type Clock, isoTime } from '../../ports/clock.ts';
import type { Files } from '../../ports/files.ts';
import type { RecordStore } from '../../ports/record-store.ts';

export interface UploadNotesOptions {
  store: Pick<RecordStore, 'get' | 'list' | 'write'>;
  files: Pick<Files, 'delete'>;
  clock: Clock;
  /** How old a note must be before its upload counts as cut; 0 when no other server takes uploads. */
  cutAfterMs: number;
}

/**
 * A note of each upload, written before its file is and removed when the file has a record or is gone: what a
 * server leaves that is killed in between, or cannot reach its records or its files then, is found by it.
 */
export interface UploadNotes {
  /** Nothing may be stored under the id before this is fulfilled. */
  begin(id: string): Promise<void>;
  /**
   * Whether the upload has a record. Only a file that surely has none is removed: the answer of a commit can be
   * lost, and its record be there. When this fails, `clear` makes up for it.
   */
  settle(id: string): Promise<boolean>;
  /** Removes what cut uploads left; gives their number. */
  clear(): Promise<number>;
}

/** What one run looks at, at most; the next goes on. */
const notesPerRun = 100;

export const createUploadNotes = ({ store, files, clock, cutAfterMs }: UploadNotesOptions): UploadNotes => {
  /** Of this server: however old their notes are, nobody else touches their files. */
  const underWay = new Set<string>();

  /** The file goes before the note, which alone names it. */
  const isRecorded = async (id: string): Promise<boolean> => {
    const recorded = (await store.get('proofs', id)) !== undefined;
    if (!recorded) await files.delete(id);
    await store.write((writer) => writer.delete('uploads', id));
    return recorded;
  };

  return {
    begin: async (id) => {
      underWay.add(id);
      try {
        await store.write((writer) => writer.create('uploads', { id, at: isoTime(clock.now()) }));
      } catch (error) {
        underWay.delete(id);
        throw error;
      }
    },
    settle: async (id) => {
      try {
        return await isRecorded(id);
      } finally {
        underWay.delete(id);
      }
    },
    clear: async () => {
      const { items } = await store.list('uploads', {
        where: [{ field: 'at', operator: '<=', value: isoTime(clock.now() - cutAfterMs) }],
        orderBy: 'at',
        direction: 'ascending',
        limit: notesPerRun,
      });
      let cut = 0;
      for (const { id } of items) {
        if (!underWay.has(id) && !(await isRecorded(id))) cut += 1;
      }
      return cut;
    },
  };
};
