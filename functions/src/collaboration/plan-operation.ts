import { ensureParticipant } from '../access/ownership.ts';
import { AppError } from '../errors/app-error.ts';
import type { NewLogEntry } from '../ports/records.ts';
import { applyPatch } from '../protocol/annotation-merge.ts';
import { type Annotation, defaultLayer, defaultPage } from '../protocol/annotations.ts';
import type { RefusedAck } from '../protocol/realtime.ts';
import type { RoomEntryData } from './entry-data.ts';
import { ensureData, type OperationRequest } from './operation-request.ts';
import { refusalOf } from './refusal.ts';
import type { RoomOperationName } from './room-operation.ts';
import { type Deletion, dataSize, type RoomView } from './room-view.ts';

/** How much one session may hold. */
export interface RoomLimits {
  /** Annotations that are not deleted. */
  annotations: number;
  /** Their `data` together as JSON, in UTF-16 units. */
  size: number;
}

/** What an operation comes to on a session as it stands. */
export type Plan =
  /** Entries to commit; `complete` is false when the same operation must go on after them. */
  | { outcome: 'entries'; id: string; entries: readonly NewLogEntry[]; complete: boolean }
  /** Nothing is left to do: it was done before, at this place. */
  | { outcome: 'done'; id: string; seq: number; at: string }
  | { outcome: 'refused'; refusal: RefusedAck };

type RequestFor<Name extends RoomOperationName> = OperationRequest & {
  operation: Extract<OperationRequest['operation'], { name: Name }>;
};

interface Planning<Name extends RoomOperationName> {
  view: RoomView;
  request: RequestFor<Name>;
  operation: RequestFor<Name>['operation'];
  limits: RoomLimits;
  /** A deletion that only the records know, of the annotation that the operation is about. */
  deletion: Deletion | undefined;
}

/** Annotations that one entry may clear: each is a record to write with it. */
const mostClearedAtOnce = 300;

const entryOf = <Kind extends keyof RoomEntryData>(
  { user, key, contentHash, named }: OperationRequest,
  kind: Kind,
  subjectId: string,
  data: RoomEntryData[Kind],
  visibility: NewLogEntry['visibility'] = 'public',
): NewLogEntry => ({
  kind,
  authorId: user.uid,
  visibility,
  subjectId,
  operation: key,
  ...(named && { contentHash }),
  data: data as Record<string, unknown>,
});

const one = (id: string, entry: NewLogEntry): Plan => ({
  outcome: 'entries',
  id,
  entries: [entry],
  complete: true,
});

const annotationIn = (view: RoomView, id: string): Annotation => {
  const annotation = view.annotation(id);
  if (annotation === undefined) throw new AppError('not_found', 'There is no annotation with this id.');
  return annotation;
};

const ensureFits = (view: RoomView, limits: RoomLimits, count: number, size: number): void => {
  if (view.count + count > limits.annotations) {
    throw new AppError('session_full', `A session holds at most ${limits.annotations} annotations.`);
  }
  if (view.size + size > limits.size) {
    throw new AppError('session_full', 'The annotations of this session hold as much data as they may.');
  }
};

const planAdd = ({ view, request, operation, limits }: Planning<'annotation:add'>): Plan => {
  const { type, data, layer = defaultLayer, page = defaultPage, proofId } = operation;
  const id = request.subjectId;
  if (view.annotation(id) !== undefined || view.deletion(id) !== undefined) {
    throw new AppError('already_exists', 'The id is taken by another annotation: use a new one.');
  }
  const added = { type, data, layer, page, ...(proofId !== undefined && { proofId }) };
  ensureFits(view, limits, 1, request.size);
  return one(id, entryOf(request, 'annotation:added', id, added));
};

const planUpdate = ({ view, request, operation, limits }: Planning<'annotation:update'>): Plan => {
  const { id, patch, ifRev } = operation;
  const current = annotationIn(view, id);
  if (ifRev !== undefined && ifRev !== current.rev) {
    const conflict = new AppError('revision_conflict', 'Somebody else has changed it: decide on `current`.');
    return { outcome: 'refused', refusal: { ...refusalOf(conflict), current } };
  }
  if (patch.data !== undefined) {
    const updated = applyPatch(current, patch);
    ensureData(updated.data);
    ensureFits(view, limits, 0, dataSize(updated) - view.sizeOf(id));
  }
  return one(id, entryOf(request, 'annotation:updated', id, patch));
};

const planDelete = ({ view, request, operation, deletion }: Planning<'annotation:delete'>): Plan => {
  const { id } = operation;
  const earlier = view.deletion(id) ?? (view.annotation(id) === undefined ? deletion : undefined);
  if (earlier !== undefined) return { outcome: 'done', id, ...earlier };
  const { userId } = annotationIn(view, id);
  if (request.user.role === 'customer' && userId !== request.user.uid) {
    throw new AppError('forbidden', 'Only its author and staff may delete an annotation.');
  }
  return one(id, entryOf(request, 'annotation:deleted', id, {}));
};

/** Clears in steps; the operation stands on the last, so that a resend finishes what was cut short. */
const planClear = ({ view, request, operation: { layer } }: Planning<'annotation:clear'>): Plan => {
  if (request.user.role === 'customer') throw new AppError('forbidden', 'Only staff may clear a layer.');
  const ids: string[] = [];
  for (const annotation of view.annotations()) {
    if (layer !== undefined && annotation.layer !== layer) continue;
    ids.push(annotation.id);
    if (ids.length > mostClearedAtOnce) break;
  }
  const complete = ids.length <= mostClearedAtOnce;
  const id = request.subjectId;
  const data = { ids: ids.slice(0, mostClearedAtOnce), ...(layer !== undefined && { layer }) };
  const { operation, contentHash, ...step } = entryOf(request, 'annotation:cleared', id, data);
  const last = { ...step, ...(operation && { operation }), ...(contentHash && { contentHash }) };
  return { outcome: 'entries', id, entries: [complete ? last : step], complete };
};

const planResolve = ({ view, request, operation }: Planning<'annotation:resolve'>): Plan => {
  const { id, resolved } = operation;
  annotationIn(view, id);
  return one(id, entryOf(request, 'annotation:resolved', id, { resolved }));
};

const planComment = ({ view, request, operation }: Planning<'comment:add'>): Plan => {
  const { annotationId, body } = operation;
  annotationIn(view, annotationId);
  return one(request.subjectId, entryOf(request, 'comment:added', request.subjectId, { annotationId, body }));
};

const planMessage = ({ request, operation }: Planning<'chat:message'>): Plan => {
  const { body, visibility = 'public' } = operation;
  if (visibility === 'staff' && request.user.role === 'customer') {
    throw new AppError('forbidden', 'Only staff may write staff notes.');
  }
  return one(request.subjectId, entryOf(request, 'message', request.subjectId, { body }, visibility));
};

const planners: { [Name in RoomOperationName]: (planning: Planning<Name>) => Plan } = {
  'annotation:add': planAdd,
  'annotation:update': planUpdate,
  'annotation:delete': planDelete,
  'annotation:clear': planClear,
  'annotation:resolve': planResolve,
  'comment:add': planComment,
  'chat:message': planMessage,
};

const ensureOpen = ({ session }: RoomView): void => {
  if (session.status !== 'completed') return;
  throw new AppError('session_closed', 'The session is completed: open a new one that follows it up.');
};

const planFor = <Name extends RoomOperationName>(name: Name, planning: Planning<Name>): Plan =>
  planners[name](planning);

/** Decides what an operation does to a session that stands as `view` says. */
export const planOperation = (
  view: RoomView,
  request: OperationRequest,
  limits: RoomLimits,
  deletion?: Deletion,
): Plan => {
  try {
    ensureParticipant(request.user, view.session);
    ensureOpen(view);
    const { operation } = request;
    const planning = { view, request, operation, limits, deletion };
    return planFor(operation.name, planning as Planning<typeof operation.name>);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { outcome: 'refused', refusal: refusalOf(error) };
  }
};
