import { newId } from '../ids/new-id.ts';
import { everyRecord } from '../ports/every-record.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { SessionLogEntry, StoredAnnotation } from '../ports/records.ts';
import { type AnnotationPatch, applyPatch } from '../protocol/annotation-merge.ts';
import { type Annotation, defaultLayer } from '../protocol/annotations.ts';
import { JsonText } from '../protocol/json-text.ts';

/** What stands in place of a text that was erased. */
export const erasedText = '[erased]';

type EntryData = SessionLogEntry['data'];

/** What was drawn goes as texts do: it may be handwriting, and a layer's name is a text. */
const withoutDrawing = (kind: SessionLogEntry['kind'], data: EntryData): EntryData => {
  if (kind === 'annotation:added') return { ...data, data: null, layer: defaultLayer };
  if (kind !== 'annotation:updated' && kind !== 'annotation:cleared') return data;
  const { data: _data, layer: _layer, ...rest } = data;
  return rest;
};

/** The entry without these texts and without what was drawn, nor the digest of either. */
export const erasedEntry = (entry: SessionLogEntry, texts: readonly string[]): SessionLogEntry => {
  const { contentHash: _digest, ...kept } = entry;
  const data = Object.fromEntries(
    Object.entries(entry.data).map(([name, value]) => [name, texts.includes(name) ? erasedText : value]),
  );
  return { ...kept, data: withoutDrawing(entry.kind, data) };
};

/** What an annotation shows, and the last place in the log that it was made from. */
type Drawn = Pick<Annotation, 'type' | 'data' | 'layer' | 'page'>;

/** The annotations of a session as its log says, deleted ones among them. */
class DrawnByLog {
  readonly byId = new Map<string, Drawn>();
  /** The last entry that was read. */
  seq = 0;

  note({ kind, subjectId = '', seq, data }: SessionLogEntry): void {
    this.seq = seq;
    const before = this.byId.get(subjectId);
    if (kind === 'annotation:added' && before === undefined) {
      this.byId.set(subjectId, data as unknown as Drawn);
    } else if (kind === 'annotation:updated' && before !== undefined) {
      this.byId.set(subjectId, applyPatch(before, data as AnnotationPatch));
    }
  }
}

const sameText = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Makes a record what the erased log says; nothing is left to show of one whose drawing was erased. */
const matchLog = (record: StoredAnnotation, { type, data, layer, page }: Drawn): StoredAnnotation => {
  const isErased = data === null && record.data.text !== 'null';
  if (record.deleted || isErased) return { ...record, layer, data: JsonText.of(null), deleted: true };
  return { ...record, type, data: JsonText.of(data), layer, page };
};

const eraseAnnotations = async (
  store: RecordStore,
  sessionId: string,
  drawn: DrawnByLog,
): Promise<boolean> => {
  let changed = false;
  for (const [id, content] of drawn.byId) {
    const erased = await store.transaction(async (transaction) => {
      const record = await transaction.get('annotations', id);
      // Somebody who changes it right now is not overtaken: erasing once more finds what was left.
      if (record?.sessionId !== sessionId || record.rev > drawn.seq) return false;
      const next = matchLog(record, content);
      if (sameText(next, record)) return false;
      transaction.put('annotations', next);
      return true;
    });
    changed ||= erased;
  }
  return changed;
};

/** A log that was rewritten has another epoch, so that nobody goes on with what was remembered of it (rule RT1). */
const renewEpoch = (store: RecordStore, sessionId: string): Promise<void> =>
  store.transaction(async (transaction) => {
    const session = await transaction.get('supportSessions', sessionId);
    if (session) transaction.put('supportSessions', { ...session, epoch: newId() });
  });

/** Erases a session's log entry by entry, and its annotations as the log then says. */
export const eraseLog = async (
  store: RecordStore,
  sessionId: string,
  erase: (entry: SessionLogEntry) => SessionLogEntry,
): Promise<void> => {
  const drawn = new DrawnByLog();
  let changed = false;
  const entries = everyRecord(store, 'sessionLog', {
    where: [{ field: 'sessionId', operator: '==', value: sessionId }],
    orderBy: 'seq',
    direction: 'ascending',
  });
  for await (const entry of entries) {
    const erased = erase(entry);
    drawn.note(erased);
    if (sameText(erased.data, entry.data)) continue;
    await store.write((writer) => writer.put('sessionLog', erased));
    changed = true;
  }
  const redrawn = await eraseAnnotations(store, sessionId, drawn);
  if (changed || redrawn) await renewEpoch(store, sessionId);
};
