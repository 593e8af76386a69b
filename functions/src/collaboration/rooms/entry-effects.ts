import type { SessionLogEntry } from '../../ports/records.ts';
import { applyPatch } from '../../protocol/annotation-merge.ts';
import type { Annotation } from '../../protocol/annotations.ts';
import { annotationFrom, entryData, subjectOf } from './entry-data.ts';
import type { RoomView, SessionFacts } from './room-view.ts';

/** What one entry changes. */
export interface EntryEffects {
  changed?: Annotation;
  /** Ids of annotations that are there before and not after. */
  removed?: readonly string[];
  session?: SessionFacts;
}

const nothing: EntryEffects = {};

/** Delete wins: an id that was deleted, or is there, is not added again (rule RT6). */
const added = (view: RoomView, entry: SessionLogEntry): EntryEffects => {
  const id = subjectOf(entry);
  if (view.annotation(id) !== undefined || view.deletion(id) !== undefined) return nothing;
  return { changed: annotationFrom(entry) };
};

const changed = (
  view: RoomView,
  entry: SessionLogEntry,
  change: (annotation: Annotation) => Annotation,
): EntryEffects => {
  const annotation = view.annotation(subjectOf(entry));
  return annotation === undefined ? nothing : { changed: { ...change(annotation), rev: entry.seq } };
};

const removed = (view: RoomView, ids: readonly string[]): EntryEffects => ({
  removed: ids.filter((id) => view.annotation(id) !== undefined),
});

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
      return changed(view, entry, (before) => applyPatch(before, entryData(entry, 'annotation:updated')));
    case 'annotation:resolved': {
      const { resolved } = entryData(entry, 'annotation:resolved');
      return changed(view, entry, (before) => ({ ...before, status: resolved ? 'resolved' : 'open' }));
    }
    case 'annotation:deleted':
      return removed(view, [subjectOf(entry)]);
    case 'annotation:cleared':
      return removed(view, entryData(entry, 'annotation:cleared').ids);
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
