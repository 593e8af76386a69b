import type { NewLogEntry, StoredAnnotation } from '../../functions/src/ports/records.ts';
import type { LogChanges } from '../../functions/src/ports/session-log.ts';
import { JsonText } from '../../functions/src/protocol/json-text.ts';

export const at = '2026-01-31T09:00:00.000Z';

/** A pen stroke of 40 points, what people send most, and send largest; as the text that came with a packet. */
const stroke = JsonText.of({
  path: Array.from({ length: 40 }, (_, index) => [0.1 + index * 0.0173, 0.5 + Math.sin(index) * 0.1234]),
  color: '#d33',
  width: 3,
});

/** An operation of a customer, as a room appends it: the entry and the annotation that it makes. */
export const operation = (sessionId: string, seq: number) => {
  const id = `${sessionId}-mark-${seq}`;
  const shown = { type: 'pen', data: stroke, layer: 'default', page: 1 } as const;
  const entry: NewLogEntry = {
    kind: 'annotation:added',
    authorId: 'customer-1',
    visibility: 'public',
    subjectId: id,
    operation: `${id}/customer-1`,
    contentHash: 'a'.repeat(22),
    data: { id, ...shown },
  };
  const annotation: StoredAnnotation = {
    id,
    sessionId,
    userId: 'customer-1',
    timestamp: at,
    seq,
    rev: seq,
    status: 'open',
    deleted: false,
    ...shown,
  };
  return { entry, annotation, changes: (writer: LogChanges) => writer.create('annotations', annotation) };
};
