import type { SessionLogEntry } from '../../ports/records.ts';
import { isJsonObject, type JsonValue } from '../../protocol/annotation-data.ts';
import { type AnnotationPatch, changedFields, mergeData } from '../../protocol/annotation-merge.ts';
import { JsonText } from '../../protocol/json-text.ts';
import type { Proof } from '../../protocol/proofs.ts';
import { annotationFrom, entryData, proofFrom, subjectOf } from './entry-data.ts';
import type { HeldAnnotation, RoomView, SessionFacts } from './room-view.ts';

/** What one entry changes. */
export interface EntryEffects {
  changed?: HeldAnnotation;
  /** Ids of annotations that are there before and not after. */
  removed?: readonly string[];
  session?: SessionFacts;
  /** A proof that is new, or was decided on. */
  proof?: Proof;
}

const nothing: EntryEffects = {};

/**
 * What updates made of drawings, by their patches: an update is planned, drafted and applied, each time to the same
 * drawing. It is forgotten with the patch, which nobody holds once the update is done or refused.
 */
const merged = new WeakMap<object, { before: JsonText; after: JsonText }>();

const drawnAfter = (before: JsonText, patch: JsonValue): JsonText => {
  if (!isJsonObject(patch)) return JsonText.of(patch);
  const known = merged.get(patch);
  if (known?.before === before) return known.after;
  const after = JsonText.of(mergeData(before.value, patch));
  merged.set(patch, { before, after });
  return after;
};

/** The annotation after an update, as `applyPatch` makes it; what is drawn is read only when it changes. */
export const patched = (before: HeldAnnotation, { data, ...fields }: AnnotationPatch): HeldAnnotation => ({
  ...before,
  ...changedFields(fields),
  ...(data !== undefined && { data: drawnAfter(before.data, data) }),
});

/** Delete wins: an id that was deleted, or is there, is not added again (rule RT6). */
const added = (view: RoomView, entry: SessionLogEntry): EntryEffects => {
  const id = subjectOf(entry);
  if (view.annotation(id) !== undefined || view.deletion(id) !== undefined) return nothing;
  return { changed: annotationFrom(entry) };
};

const changed = (
  view: RoomView,
  entry: SessionLogEntry,
  change: (annotation: HeldAnnotation) => HeldAnnotation,
): EntryEffects => {
  const annotation = view.annotation(subjectOf(entry));
  return annotation === undefined ? nothing : { changed: { ...change(annotation), rev: entry.seq } };
};

const removed = (view: RoomView, ids: readonly string[]): EntryEffects => ({
  removed: ids.filter((id) => view.annotation(id) !== undefined),
});

const decided = (view: RoomView, entry: SessionLogEntry): EntryEffects => {
  const proof = view.proof(subjectOf(entry));
  if (proof === undefined) return nothing;
  const { decision: status, ...seen } = entryData(entry, 'proof:decided');
  const decision = { by: entry.authorId, at: entry.at, ...seen };
  return { proof: { ...proof, status, decision, rev: entry.seq } };
};

const waiting = ({ customerId }: SessionFacts): EntryEffects => ({
  session: { customerId, status: 'queued' },
});

const assigned = ({ customerId }: SessionFacts, agentId: unknown): EntryEffects => ({
  session: { customerId, status: 'active', ...(typeof agentId === 'string' && { agentId }) },
});

/**
 * What an entry does to a session that stands just before it. Nothing but view and entry decides, so the same log
 * gives the same state everywhere; kinds that are not known change nothing.
 */
export const effectsOf = (view: RoomView, entry: SessionLogEntry): EntryEffects => {
  switch (entry.kind) {
    case 'annotation:added':
      return added(view, entry);
    case 'annotation:updated':
      return changed(view, entry, (before) => patched(before, entryData(entry, 'annotation:updated')));
    case 'annotation:resolved': {
      const { resolved } = entryData(entry, 'annotation:resolved');
      return changed(view, entry, (before) => ({ ...before, status: resolved ? 'resolved' : 'open' }));
    }
    case 'annotation:deleted':
      return removed(view, [subjectOf(entry)]);
    case 'annotation:cleared':
      return removed(view, entryData(entry, 'annotation:cleared').ids);
    case 'proof:added':
      return { proof: proofFrom(entry) };
    case 'proof:decided':
      return decided(view, entry);
    case 'assigned':
      return assigned(view.session, entry.data.agentId);
    case 'requeued':
    case 'transferred':
    case 'escalated':
      return waiting(view.session);
    case 'ended':
      return { session: { ...view.session, status: 'completed' } };
    default:
      return nothing;
  }
};

const proofOf = (view: RoomView, annotationId: string): string | undefined =>
  view.annotation(annotationId)?.proofId;

const proofsTouchedBy = (view: RoomView, entry: SessionLogEntry): (string | undefined)[] => {
  switch (entry.kind) {
    case 'annotation:added':
      return [entryData(entry, 'annotation:added').proofId];
    case 'annotation:updated':
    case 'annotation:deleted':
    case 'annotation:resolved':
      return [proofOf(view, subjectOf(entry))];
    case 'annotation:cleared':
      return entryData(entry, 'annotation:cleared').ids.map((id) => proofOf(view, id));
    case 'comment:added':
      return [proofOf(view, entryData(entry, 'comment:added').annotationId)];
    default:
      return [];
  }
};

/** Notes the place of an entry at the proofs whose marks or comments it changes; the view stands just before it. */
export const noteTouched = (touched: Map<string, number>, view: RoomView, entry: SessionLogEntry): void => {
  for (const proofId of proofsTouchedBy(view, entry)) {
    if (proofId !== undefined) touched.set(proofId, entry.seq);
  }
};
