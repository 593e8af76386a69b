import { opIdOf } from '../../ports/log-entry.ts';
import type { SessionLogEntry } from '../../ports/records.ts';
import type { DurableEnvelope, NamedDurableEvent } from '../../protocol/realtime.ts';
import { annotationFrom, entryData, proofFrom, saidIn, subjectOf } from './entry-data.ts';
import { asTold, type HeldAnnotation, summaryOf } from './room-view.ts';

const envelopeOf = ({ sessionId, seq, at, authorId, operation }: SessionLogEntry): DurableEnvelope => {
  const envelope = { sessionId, seq, at, by: authorId };
  return operation === undefined ? envelope : { ...envelope, opId: opIdOf(operation) };
};

const tickOf = ({ sessionId, seq, at }: SessionLogEntry, by: string): NamedDurableEvent => ({
  event: 'session:tick',
  payload: { sessionId, seq, at, by },
});

const decidedEvent = (entry: SessionLogEntry): NamedDurableEvent => {
  const { decision: status, ...seen } = entryData(entry, 'proof:decided');
  const decision = { by: entry.authorId, at: entry.at, ...seen };
  const decided = { id: subjectOf(entry), rev: entry.seq, status, decision };
  return { event: 'proof:decided', payload: { ...envelopeOf(entry), ...decided } };
};

const changedEvent = (entry: SessionLogEntry, annotation: HeldAnnotation | undefined): NamedDurableEvent => {
  if (annotation === undefined) return tickOf(entry, entry.authorId);
  const { id } = annotation;
  return {
    event: 'annotation:updated',
    payload: { ...envelopeOf(entry), id, rev: entry.seq, annotation: asTold(annotation) },
  };
};

/**
 * The event that tells of an entry, to those who may see it; entries that nothing is drawn for only move the
 * place. `annotationOf` gives the annotations as they stand after the entry, or after a later one: then the events
 * in between show the later state already, and whoever applies all of them ends right.
 */
const eventOf = (
  entry: SessionLogEntry,
  annotationOf: (id: string) => HeldAnnotation | undefined,
): NamedDurableEvent => {
  const id = subjectOf(entry);
  switch (entry.kind) {
    case 'annotation:added':
      return {
        event: 'annotation:added',
        payload: { ...envelopeOf(entry), ...asTold(annotationFrom(entry)) },
      };
    case 'annotation:updated':
      return changedEvent(entry, annotationOf(id));
    case 'annotation:deleted':
      return { event: 'annotation:deleted', payload: { ...envelopeOf(entry), id } };
    case 'annotation:cleared': {
      const { ids, layer } = entryData(entry, 'annotation:cleared');
      const cleared = { ids, ...(layer !== undefined && { layer }) };
      return { event: 'annotation:cleared', payload: { ...envelopeOf(entry), ...cleared } };
    }
    case 'annotation:resolved': {
      const { resolved } = entryData(entry, 'annotation:resolved');
      const payload = { ...envelopeOf(entry), id, rev: entry.seq, resolved };
      return { event: 'annotation:resolved', payload };
    }
    case 'comment:added': {
      const { annotationId, body } = entryData(entry, 'comment:added');
      return { event: 'comment:added', payload: { ...envelopeOf(entry), id, annotationId, body } };
    }
    case 'message': {
      const { visibility } = entry;
      return { event: 'chat:message', payload: { ...envelopeOf(entry), id, ...saidIn(entry), visibility } };
    }
    case 'proof:added':
      return { event: 'proof:added', payload: { ...envelopeOf(entry), ...summaryOf(proofFrom(entry)) } };
    case 'proof:decided':
      return decidedEvent(entry);
    default:
      return tickOf(entry, entry.authorId);
  }
};

/** An event in the two forms in which it goes out. */
export interface EventPair {
  seq: number;
  forStaff: NamedDurableEvent;
  /** A tick in place of what is for staff only (rule RT14), which does not say whose it is. */
  forCustomers: NamedDurableEvent;
}

export const eventPairOf = (
  entry: SessionLogEntry,
  annotationOf: (id: string) => HeldAnnotation | undefined,
): EventPair => {
  const forStaff = eventOf(entry, annotationOf);
  const forCustomers = entry.visibility === 'staff' ? tickOf(entry, 'system') : forStaff;
  return { seq: entry.seq, forStaff, forCustomers };
};
