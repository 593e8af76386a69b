import type { SessionLogEntry } from '../../ports/records.ts';
import type { JsonValue } from '../../protocol/annotation-data.ts';
import type { AnnotationPatch } from '../../protocol/annotation-merge.ts';
import type { Annotation } from '../../protocol/annotations.ts';
import type { ProofDecision } from '../../protocol/enumerations.ts';
import { JsonText } from '../../protocol/json-text.ts';
import type { Message } from '../../protocol/messages.ts';
import type { Proof, ProofPageRun } from '../../protocol/proofs.ts';
import type { HeldAnnotation } from './room-view.ts';

/** What the `data` of a room's entries holds, by kind; author, time, place and id are the entry's own. */
export interface RoomEntryData {
  /** A log gives `data` back as the value, whatever it was given. */
  'annotation:added': Pick<Annotation, 'type' | 'layer' | 'page' | 'proofId'> & {
    data: JsonText | JsonValue;
  };
  'annotation:updated': AnnotationPatch;
  'annotation:deleted': Record<never, never>;
  'annotation:cleared': { ids: string[]; layer?: string };
  'annotation:resolved': { resolved: boolean };
  'comment:added': { annotationId: string; body: string };
  message: Pick<Message, 'body' | 'sources' | 'handover'>;
  'proof:added': Pick<Proof, 'name' | 'version' | 'replaces' | 'format' | 'size' | 'sha256' | 'pages'>;
  'proof:decided': { decision: ProofDecision; sha256: string; seq: number; comment?: string };
}

/** The `data` of an entry of a known kind: only rooms write these kinds, and they validate first. */
export const entryData = <Kind extends keyof RoomEntryData>(
  entry: SessionLogEntry,
  _kind: Kind,
): RoomEntryData[Kind] => entry.data as RoomEntryData[Kind];

/** What the entry is about; entries that were made before rooms had ids for everything stand for themselves. */
export const subjectOf = ({ subjectId, id }: SessionLogEntry): string => subjectId ?? id;

/** What a `message` entry says, without what is only kept about it. */
export const saidIn = (entry: SessionLogEntry): RoomEntryData['message'] => {
  const { body, sources, handover } = entryData(entry, 'message');
  return { body, ...(sources !== undefined && { sources }), ...(handover !== undefined && { handover }) };
};

/** The annotation as an `annotation:added` entry made it. */
export const annotationFrom = (entry: SessionLogEntry): HeldAnnotation => {
  const { type, data, layer, page, proofId } = entryData(entry, 'annotation:added');
  const annotation: HeldAnnotation = {
    id: subjectOf(entry),
    sessionId: entry.sessionId,
    userId: entry.authorId,
    type,
    data: data instanceof JsonText ? data : JsonText.of(data),
    timestamp: entry.at,
    layer,
    page,
    seq: entry.seq,
    rev: entry.seq,
    status: 'open',
  };
  return proofId === undefined ? annotation : { ...annotation, proofId };
};

export const pageCountOf = (pages: readonly ProofPageRun[]): number =>
  pages.reduce((sum, { count }) => sum + count, 0);

/** The proof as a `proof:added` entry made it. */
export const proofFrom = (entry: SessionLogEntry): Proof => {
  const { name, version, replaces, format, size, sha256, pages } = entryData(entry, 'proof:added');
  return {
    id: subjectOf(entry),
    sessionId: entry.sessionId,
    userId: entry.authorId,
    timestamp: entry.at,
    name,
    version,
    ...(replaces !== undefined && { replaces }),
    format,
    size,
    sha256,
    pageCount: pageCountOf(pages),
    pages,
    status: 'open',
    seq: entry.seq,
    rev: entry.seq,
  };
};
