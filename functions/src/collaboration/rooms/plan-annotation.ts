import { AppError } from '../../errors/app-error.ts';
import { sizeProblem } from '../../protocol/annotation-data.ts';
import { defaultLayer, defaultPage } from '../../protocol/annotations.ts';
import { JsonText } from '../../protocol/json-text.ts';
import { patched } from './entry-effects.ts';
import { entryOf, one, type Plan, type Planning, type RoomLimits } from './operation-plan.ts';
import { ensurePage, ensureUndecided } from './plan-proof.ts';
import { refusalOf } from './refusal.ts';
import { asTold, type HeldAnnotation, type RoomView } from './room-view.ts';

/** Annotations that one entry may clear: each is a record to write with it. */
const mostClearedAtOnce = 300;

/** AppError `not_found` when it is not there, or not any more. */
export const annotationIn = (view: RoomView, id: string): HeldAnnotation => {
  const annotation = view.annotation(id);
  if (annotation === undefined) throw new AppError('not_found', 'There is no annotation with this id.');
  return annotation;
};

/** The annotation, when it may still be changed. */
const openAnnotationIn = (view: RoomView, id: string): HeldAnnotation => {
  const annotation = annotationIn(view, id);
  ensureUndecided(view, annotation.proofId);
  return annotation;
};

const ensureKeepable = ({ data }: HeldAnnotation): void => {
  const problem = sizeProblem(data.text);
  if (problem === undefined) return;
  throw new AppError('validation_failed', `Data: ${problem}.`, {
    errors: [{ path: 'data', message: problem }],
  });
};

const ensureFits = (view: RoomView, limits: RoomLimits, count: number, size: number): void => {
  if (view.count + count > limits.annotations) {
    throw new AppError('session_full', `A session holds at most ${limits.annotations} annotations.`);
  }
  if (view.size + size > limits.size) {
    throw new AppError('session_full', 'The annotations of this session hold as much data as they may.');
  }
};

export const planAdd = ({ view, request, operation, limits }: Planning<'annotation:add'>): Plan => {
  const { type, data, layer = defaultLayer, page = defaultPage, proofId } = operation;
  const id = request.subjectId;
  if (view.annotation(id) !== undefined || view.deletion(id) !== undefined) {
    throw new AppError('already_exists', 'The id is taken by another annotation: use a new one.');
  }
  ensurePage(view, proofId, page);
  ensureUndecided(view, proofId);
  const added = { type, data: JsonText.of(data), layer, page, ...(proofId !== undefined && { proofId }) };
  ensureFits(view, limits, 1, request.size);
  return one(id, entryOf(request, 'annotation:added', id, added));
};

export const planUpdate = ({ view, request, operation, limits }: Planning<'annotation:update'>): Plan => {
  const { id, patch, ifRev } = operation;
  const current = openAnnotationIn(view, id);
  if (patch.page !== undefined) ensurePage(view, current.proofId, patch.page);
  if (ifRev !== undefined && ifRev !== current.rev) {
    const conflict = new AppError('revision_conflict', 'Somebody else has changed it: decide on `current`.');
    return { outcome: 'refused', refusal: { ...refusalOf(conflict), current: asTold(current) } };
  }
  if (patch.data !== undefined) {
    const updated = patched(current, patch);
    ensureKeepable(updated);
    ensureFits(view, limits, 0, updated.data.text.length - view.sizeOf(id));
  }
  return one(id, entryOf(request, 'annotation:updated', id, patch));
};

export const planDelete = ({ view, request, operation, deletion }: Planning<'annotation:delete'>): Plan => {
  const { id } = operation;
  const earlier = view.deletion(id) ?? (view.annotation(id) === undefined ? deletion : undefined);
  if (earlier !== undefined) return { outcome: 'done', id, ...earlier };
  const { userId } = openAnnotationIn(view, id);
  if (request.user.role === 'customer' && userId !== request.user.uid) {
    throw new AppError('forbidden', 'Only its author and staff may delete an annotation.');
  }
  return one(id, entryOf(request, 'annotation:deleted', id, {}));
};

const isUndecided = (view: RoomView, { proofId }: HeldAnnotation): boolean =>
  proofId === undefined || (view.proof(proofId)?.status ?? 'open') === 'open';

/**
 * Clears in steps; the operation stands on the last, so that a resend finishes what was cut short. What was decided
 * on keeps its marks.
 */
export const planClear = ({ view, request, operation: { layer } }: Planning<'annotation:clear'>): Plan => {
  if (request.user.role === 'customer') throw new AppError('forbidden', 'Only staff may clear a layer.');
  const ids: string[] = [];
  for (const annotation of view.annotations()) {
    if (layer !== undefined && annotation.layer !== layer) continue;
    if (!isUndecided(view, annotation)) continue;
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

export const planResolve = ({ view, request, operation }: Planning<'annotation:resolve'>): Plan => {
  const { id, resolved } = operation;
  openAnnotationIn(view, id);
  return one(id, entryOf(request, 'annotation:resolved', id, { resolved }));
};
