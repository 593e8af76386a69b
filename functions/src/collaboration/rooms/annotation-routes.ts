import { AppError } from '../../errors/app-error.ts';
import { operation } from '../../gateway/operation.ts';
import type { Identity } from '../../ports/identity.ts';
import type { Page, RecordReader } from '../../ports/record-store.ts';
import type { SessionLogEntry } from '../../ports/records.ts';
import {
  addAnnotationSchema,
  annotationListSchema,
  annotationParametersSchema,
  annotationSchema,
  defaultLayer,
  defaultPage,
} from '../../protocol/annotations.ts';
import { type PageQuery, pageQuerySchema } from '../../protocol/common.ts';
import { type Message, messagePageSchema } from '../../protocol/messages.ts';
import { sessionParametersSchema } from '../../protocol/sessions.ts';
import { entryData, saidIn, subjectOf } from './entry-data.ts';
import { accepted } from './refusal.ts';
import type { Rooms } from './rooms.ts';

export interface AnnotationOptions {
  rooms: Rooms;
  store: RecordReader;
  /** Refuses with `not_found` or `forbidden` those who may not read the session. */
  ensureMayRead(user: Identity, sessionId: string): Promise<void>;
}

const tag = 'Annotations';
const path = '/api/v1/annotations';

const noAnnotation = (): AppError => new AppError('not_found', 'There is no annotation with this id.');

const messageOf = (entry: SessionLogEntry): Message => {
  const { seq, at, authorId, visibility } = entry;
  const said = { id: subjectOf(entry), seq, at, authorId, visibility };
  if (entry.kind !== 'comment:added') return { ...said, ...saidIn(entry) };
  const { annotationId, body } = entryData(entry, 'comment:added');
  return { ...said, body, annotationId };
};

/** Customers get the page without what is for staff only: it may be shorter than asked for. */
const readMessages = async (
  store: RecordReader,
  user: Identity,
  sessionId: string,
  { limit, cursor }: PageQuery,
): Promise<Page<Message>> => {
  const { items, nextCursor } = await store.list('sessionLog', {
    where: [{ field: 'conversation', operator: '==', value: sessionId }],
    orderBy: 'seq',
    direction: 'descending',
    limit,
    cursor,
  });
  const visible = items.filter(({ visibility }) => user.role !== 'customer' || visibility === 'public');
  return { items: visible.map(messageOf), ...(nextCursor !== undefined && { nextCursor }) };
};

const readOperations = ({ rooms, store, ensureMayRead }: AnnotationOptions) => [
  operation({
    id: 'listAnnotations',
    method: 'get',
    path: `${path}/{id}`,
    tag,
    summary: 'Read the annotations of a session',
    description: 'The id is the session’s. `head` and `epoch` say which place in its log they stand for.',
    params: annotationParametersSchema,
    replies: { 200: { description: 'Those that are not deleted', schema: annotationListSchema } },
    errors: ['not_found'],
    handle: async ({ user, params: { id } }) => {
      const state = await rooms.state(user, id);
      if (state.mode !== 'snapshot') throw new Error('asked for no delta and got one');
      const { annotations, seq: head, epoch } = state;
      return { status: 200, body: { annotations, head, epoch } };
    },
  }),
  operation({
    id: 'listMessages',
    method: 'get',
    path: '/api/v1/sessions/{id}/messages',
    tag: 'Sessions',
    summary: 'Read what was said in a session, newest first',
    description: 'Messages of the chat and comments on annotations; staff notes are for staff only.',
    params: sessionParametersSchema,
    query: pageQuerySchema,
    replies: { 200: { description: 'A page of messages', schema: messagePageSchema } },
    errors: ['not_found', 'malformed_cursor'],
    handle: async ({ user, params: { id }, query }) => {
      await ensureMayRead(user, id);
      return { status: 200, body: await readMessages(store, user, id, query) };
    },
  }),
];

const writeOperations = ({ rooms, store }: AnnotationOptions) => [
  operation({
    id: 'addAnnotation',
    method: 'post',
    path,
    tag,
    summary: 'Add an annotation to a session',
    description:
      'The same as the event annotation:add, which everybody in the room hears. A resend with the same `opId` ' +
      'gets the same answer and adds nothing.',
    body: addAnnotationSchema,
    replies: { 201: { description: 'The annotation as it was added', schema: annotationSchema } },
    errors: [
      'not_found',
      'session_closed',
      'already_exists',
      'operation_id_reused',
      'session_full',
      'proof_decided',
    ],
    handle: async ({ user, body: { sessionId, ...added } }) => {
      const ack = accepted(await rooms.apply(user, sessionId, { name: 'annotation:add', ...added }));
      const { type, data, layer = defaultLayer, page = defaultPage, proofId } = added;
      const place = {
        id: ack.id,
        sessionId,
        userId: user.uid,
        timestamp: ack.at,
        seq: ack.seq,
        rev: ack.rev,
      };
      const drawn = { type, data, layer, page, ...(proofId !== undefined && { proofId }) };
      return { status: 201, body: { ...place, ...drawn, status: 'open' } };
    },
  }),
  operation({
    id: 'deleteAnnotation',
    method: 'delete',
    path: `${path}/{id}`,
    tag,
    summary: 'Delete an annotation',
    description: 'For its author and staff. One that was deleted before gets the same answer.',
    params: annotationParametersSchema,
    replies: { 204: { description: 'Deleted' } },
    errors: ['not_found', 'session_closed', 'proof_decided'],
    handle: async ({ user, params: { id } }) => {
      const record = await store.get('annotations', id);
      if (record === undefined) throw noAnnotation();
      const ack = await rooms.apply(user, record.sessionId, { name: 'annotation:delete', id });
      if (!ack.ok && ack.code === 'not_found') throw noAnnotation();
      accepted(ack);
      return { status: 204 };
    },
  }),
];

/** Annotations and messages over HTTP: the same rooms as the sockets use, so that these hear of it (rule RT5). */
export const annotationOperations = (options: AnnotationOptions) => [
  ...readOperations(options),
  ...writeOperations(options),
];
