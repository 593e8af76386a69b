import { applyPatch } from '../../../functions/src/protocol/annotation-merge.ts';
import type { Annotation } from '../../../functions/src/protocol/annotations.ts';
import type { NamedDurableEvent } from '../../../functions/src/protocol/realtime.ts';
import type { Operation } from '../../src/operation.ts';

export const at = '2026-01-31T09:30:00.000Z';
export const sessionId = 's1';

/** What a log comes to, written down as plainly as can be. */
export interface Folded {
  annotations: Annotation[];
  said: string[];
}

const changed = (annotations: Annotation[], id: string, change: (one: Annotation) => Annotation) =>
  annotations.map((one) => (one.id === id ? change(one) : one));

const annotationsAfter = (before: Annotation[], { event, payload }: NamedDurableEvent): Annotation[] => {
  switch (event) {
    case 'annotation:added': {
      const { at: _, by: __, opId: ___, ...annotation } = payload;
      return [...before, annotation];
    }
    case 'annotation:updated':
      return changed(before, payload.id, () => payload.annotation);
    case 'annotation:resolved': {
      const status = payload.resolved ? 'resolved' : 'open';
      return changed(before, payload.id, (one) => ({ ...one, status, rev: payload.seq }));
    }
    case 'annotation:deleted':
      return before.filter(({ id }) => id !== payload.id);
    case 'annotation:cleared':
      return before.filter(({ id }) => !payload.ids.includes(id));
    default:
      return before;
  }
};

/** The fold of a log, independent of the client's. */
export const fold = (log: readonly NamedDurableEvent[]): Folded => ({
  annotations: log.reduce<Annotation[]>(annotationsAfter, []),
  said: log.flatMap(({ event, payload }) =>
    event === 'chat:message' || event === 'comment:added' ? [payload.body] : [],
  ),
});

/** What the log gets for an operation; undefined when it is about something that is not there. */
export const eventFor = (
  log: readonly NamedDurableEvent[],
  by: string,
  { name, payload, opId }: Operation,
): NamedDurableEvent | undefined => {
  const { annotations } = fold(log);
  const envelope = { sessionId, seq: log.length + 1, at, by, opId };
  const found = (id: string) => annotations.find((one) => one.id === id);
  switch (name) {
    case 'annotation:add': {
      const { id = opId, type, data, layer = 'default', page = 1 } = payload;
      if (found(id) !== undefined) return undefined;
      const made = { id, userId: by, type, data, layer, page, timestamp: at, status: 'open' } as const;
      return { event: 'annotation:added', payload: { ...envelope, ...made, rev: envelope.seq } };
    }
    case 'annotation:update': {
      const before = found(payload.id);
      if (before === undefined) return undefined;
      const annotation = { ...applyPatch(before, payload.patch), rev: envelope.seq };
      const { id, rev } = annotation;
      return { event: 'annotation:updated', payload: { ...envelope, id, rev, annotation } };
    }
    case 'annotation:resolve': {
      const { id, resolved } = payload;
      if (found(id) === undefined) return undefined;
      return { event: 'annotation:resolved', payload: { ...envelope, id, rev: envelope.seq, resolved } };
    }
    case 'annotation:delete':
      if (found(payload.id) === undefined) return undefined;
      return { event: 'annotation:deleted', payload: { ...envelope, id: payload.id } };
    case 'annotation:clear': {
      const cleared = annotations.filter(({ layer }) => layer === (payload.layer ?? layer));
      return { event: 'annotation:cleared', payload: { ...envelope, ids: cleared.map(({ id }) => id) } };
    }
    case 'comment:add': {
      const { annotationId, body } = payload;
      if (found(annotationId) === undefined) return undefined;
      return { event: 'comment:added', payload: { ...envelope, id: `c-${opId}`, annotationId, body } };
    }
    case 'chat:message': {
      const { body, visibility = 'public' } = payload;
      return { event: 'chat:message', payload: { ...envelope, id: `m-${opId}`, body, visibility } };
    }
  }
};
