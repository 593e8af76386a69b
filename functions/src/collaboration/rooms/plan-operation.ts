import { ensureParticipant } from '../../access/ownership.ts';
import { AppError } from '../../errors/app-error.ts';
import { entryOf, one, type Plan, type Planning, type RoomLimits } from './operation-plan.ts';
import type { OperationRequest } from './operation-request.ts';
import { annotationIn, planAdd, planClear, planDelete, planResolve, planUpdate } from './plan-annotation.ts';
import { planDecision, planProof } from './plan-proof.ts';
import { refusalOf } from './refusal.ts';
import type { RoomOperationName } from './room-operation.ts';
import type { RoomView } from './room-view.ts';

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
  'proof:add': planProof,
  'proof:decide': planDecision,
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
  looked: Pick<Planning<RoomOperationName>, 'deletion' | 'touched'> = {},
): Plan => {
  try {
    ensureParticipant(request.user, view.session);
    ensureOpen(view);
    const { operation } = request;
    const planning = { view, request, operation, limits, ...looked };
    return planFor(operation.name, planning as Planning<typeof operation.name>);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { outcome: 'refused', refusal: refusalOf(error) };
  }
};
