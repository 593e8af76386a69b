import type { Message } from './confirmed-state.ts';
import type { Operation } from './operation.ts';
import {
  type Annotation,
  applyPatch,
  type DefaultLayer,
  type DefaultPage,
  type NamedDurableEvent,
} from './protocol.ts';

const defaultLayer: typeof DefaultLayer = 'default';
const defaultPage: typeof DefaultPage = 1;

/** An operation on its way. */
interface PendingOperation {
  operation: Operation;
  /** The server has answered; it is not sent again. */
  answered: boolean;
  /** Its place in the order of the session, once that is known. */
  place?: number | undefined;
}

/** What own operations are drawn on: a copy of the confirmed state. */
export interface Draft {
  sessionId: string;
  /** Empty while it is not known. */
  userId: string;
  annotations: Map<string, Annotation>;
  messages: Message[];
}

const change = (draft: Draft, id: string, by: (annotation: Annotation) => Annotation): void => {
  const before = draft.annotations.get(id);
  if (before !== undefined) draft.annotations.set(id, by(before));
};

const addAnnotation = (draft: Draft, operation: Extract<Operation, { name: 'annotation:add' }>): void => {
  const { payload, opId, askedAt } = operation;
  const { id = opId, type, data, layer = defaultLayer, page = defaultPage, proofId } = payload;
  if (draft.annotations.has(id)) return;
  const { sessionId, userId } = draft;
  const timestamp = new Date(askedAt).toISOString();
  const place = { seq: 0, rev: 0, status: 'open' } as const;
  const added = { id, sessionId, userId, type, data, timestamp, layer, page, ...place };
  draft.annotations.set(id, proofId === undefined ? added : { ...added, proofId });
};

const say = (draft: Draft, operation: Extract<Operation, { name: 'chat:message' | 'comment:add' }>): void => {
  const { name, payload, opId, askedAt } = operation;
  // A snapshot may show it before it is known here that the server has done it.
  if (draft.messages.some((message) => message.opId === opId && message.by === draft.userId)) return;
  const said = {
    id: opId,
    opId,
    seq: 0,
    at: new Date(askedAt).toISOString(),
    by: draft.userId,
    body: payload.body,
  };
  if (name === 'chat:message') draft.messages.push({ ...said, visibility: payload.visibility ?? 'public' });
  else draft.messages.push({ ...said, visibility: 'public', annotationId: payload.annotationId });
};

/** Draws an operation as if the server had done it already. */
export const drawPending = (draft: Draft, operation: Operation): void => {
  switch (operation.name) {
    case 'annotation:add':
      addAnnotation(draft, operation);
      break;
    case 'annotation:update':
      change(draft, operation.payload.id, (before) => applyPatch(before, operation.payload.patch));
      break;
    case 'annotation:resolve': {
      const status = operation.payload.resolved ? 'resolved' : 'open';
      change(draft, operation.payload.id, (before) => ({ ...before, status }));
      break;
    }
    case 'annotation:delete':
      draft.annotations.delete(operation.payload.id);
      break;
    case 'annotation:clear':
      for (const { id, layer } of [...draft.annotations.values()]) {
        if (layer === (operation.payload.layer ?? layer)) draft.annotations.delete(id);
      }
      break;
    default:
      say(draft, operation);
  }
};

/** Own operations from being asked for until they are answered and the confirmed state shows them, in order. */
export class PendingOperations {
  #list: readonly PendingOperation[] = [];

  /** Those that a state up to `seq` does not show. */
  notShown(seq: number): Operation[] {
    return this.#list.flatMap(({ operation, place = Number.POSITIVE_INFINITY }) =>
      place > seq ? [operation] : [],
    );
  }

  /** Those to send, in order; only the first may be under way, so that order holds (rule RT10). */
  get unanswered(): Operation[] {
    return this.#list.flatMap(({ operation, answered }) => (answered ? [] : [operation]));
  }

  get next(): Operation | undefined {
    return this.#list.find(({ answered }) => !answered)?.operation;
  }

  add(operation: Operation): void {
    this.#list = [...this.#list, { operation, answered: false }];
  }

  /** Puts what an earlier page left behind before what was asked for since. */
  restore(operations: readonly Operation[]): void {
    const known = new Set(this.#list.map(({ operation }) => operation.opId));
    const left = operations.filter(({ opId }) => !known.has(opId));
    this.#list = [...left.map((operation) => ({ operation, answered: false })), ...this.#list];
  }

  /** The server has done it at this place. */
  done(opId: string, place: number): void {
    this.#change(opId, (pending) => ({ ...pending, answered: true, place }));
  }

  remove(opId: string): void {
    this.#list = this.#list.filter(({ operation }) => operation.opId !== opId);
  }

  /**
   * Notes the places of operations that these events tell of. One that is not answered is sent again all the same:
   * the server gives its first answer then.
   */
  shownBy(events: readonly NamedDurableEvent[], userId: string): void {
    if (this.#list.length === 0) return;
    for (const { payload } of events) {
      const { by, opId, seq } = payload;
      if (by === userId && opId !== undefined) this.#change(opId, (pending) => ({ ...pending, place: seq }));
    }
  }

  /** Lets go of what is answered and shown by a state up to `seq`. */
  prune(seq: number): void {
    const isOver = ({ answered, place }: PendingOperation) => answered && place !== undefined && place <= seq;
    if (this.#list.some(isOver)) this.#list = this.#list.filter((pending) => !isOver(pending));
  }

  /** In another log the places of before mean nothing: what was answered is in it, or was taken back with it. */
  forgetPlaces(): void {
    this.#list = this.#list
      .filter(({ answered }) => !answered)
      .map(({ operation, answered }) => ({ operation, answered }));
  }

  #change(opId: string, change: (pending: PendingOperation) => PendingOperation): void {
    this.#list = this.#list.map((pending) => (pending.operation.opId === opId ? change(pending) : pending));
  }
}
