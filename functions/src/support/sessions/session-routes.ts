import { operation } from '../../gateway/operation.ts';
import { pageQuerySchema } from '../../protocol/common.ts';
import {
  escalateSessionSchema,
  openSessionSchema,
  sessionListQuerySchema,
  sessionPageSchema,
  sessionParametersSchema,
  sessionSchema,
  transcriptSchema,
  transferSessionSchema,
  updateSessionSchema,
} from '../../protocol/sessions.ts';
import { presentEntry, presentSession } from './session-presenter.ts';
import type { SessionService } from './session-service.ts';

const tag = 'Sessions';
const path = '/api/v1/sessions';
const answer = (description: string) => ({ 200: { description, schema: sessionSchema } });

/** The life of a session over HTTP. */
export const sessionOperations = ({ open, reader, update, claim, handOver, queue }: SessionService) => [
  operation({
    id: 'openSession',
    method: 'post',
    path,
    tag,
    summary: 'Open a support session',
    description:
      'The issue is understood, a channel recommended, and the session queued and matched. A chosen type is ' +
      'honoured. Staff name the customer it is for.',
    body: openSessionSchema,
    replies: { 201: { description: 'The session', schema: sessionSchema } },
    handle: async ({ user, body }) => {
      const session = await open(user, body);
      return {
        status: 201,
        body: presentSession(session, user, queue),
        headers: { Location: `${path}/${session.id}` },
      };
    },
  }),
  operation({
    id: 'listSessions',
    method: 'get',
    path,
    tag,
    summary: 'List sessions, newest first',
    description:
      'Customers see their own; agents the queue, their own, and with `customer` those of a customer they serve ' +
      'now; administrators all.',
    query: sessionListQuerySchema,
    replies: { 200: { description: 'A page of sessions', schema: sessionPageSchema } },
    errors: ['malformed_cursor'],
    handle: async ({ user, query }) => {
      const page = await reader.list(user, query);
      return {
        status: 200,
        body: { ...page, items: page.items.map((item) => presentSession(item, user, queue)) },
      };
    },
  }),
  operation({
    id: 'getSession',
    method: 'get',
    path: `${path}/{id}`,
    tag,
    summary: 'Read a session',
    description: 'When the assigned agent reads it for the first time, the assignment counts as opened.',
    params: sessionParametersSchema,
    replies: answer('The session'),
    errors: ['not_found'],
    handle: async ({ user, params }) => ({
      status: 200,
      body: presentSession(await reader.get(user, params.id), user, queue),
    }),
  }),
  operation({
    id: 'getTranscript',
    method: 'get',
    path: `${path}/{id}/transcript`,
    tag,
    summary: 'Read what happened in a session, oldest first',
    params: sessionParametersSchema,
    query: pageQuerySchema,
    replies: { 200: { description: 'A page of the transcript', schema: transcriptSchema } },
    errors: ['not_found', 'malformed_cursor'],
    handle: async ({ user, params, query }) => {
      const page = await reader.transcript(user, params.id, query);
      return { status: 200, body: { ...page, items: page.items.map(presentEntry) } };
    },
  }),
  operation({
    id: 'updateSession',
    method: 'patch',
    path: `${path}/{id}`,
    tag,
    summary: 'End, tag or rate a session',
    description:
      'The agent and administrators end it with a resolution and tag it; its customer ends it and rates it once, ' +
      'after the end. A customer who ends a waiting session has abandoned it.',
    params: sessionParametersSchema,
    body: updateSessionSchema,
    replies: answer('The session after the change'),
    errors: ['not_found', 'session_closed', 'already_rated', 'session_not_ended'],
    handle: async ({ user, params, body }) => ({
      status: 200,
      body: presentSession(await update(user, params.id, body), user, queue),
    }),
  }),
  operation({
    id: 'claimSession',
    method: 'post',
    path: `${path}/{id}/claim`,
    tag,
    summary: 'Take a session from the queue',
    params: sessionParametersSchema,
    replies: answer('The session, now yours'),
    errors: ['not_found', 'session_not_queued', 'agent_at_capacity', 'agent_not_eligible'],
    handle: async ({ user, params }) => ({
      status: 200,
      body: presentSession(await claim(user, params.id), user, queue),
    }),
  }),
  operation({
    id: 'transferSession',
    method: 'post',
    path: `${path}/{id}/transfer`,
    tag,
    summary: 'Hand a session to an agent, a skill or a channel',
    params: sessionParametersSchema,
    body: transferSessionSchema,
    replies: answer('The session after the transfer'),
    errors: ['not_found', 'session_closed', 'agent_at_capacity', 'agent_not_eligible'],
    handle: async ({ user, params, body }) => ({
      status: 200,
      body: presentSession(await handOver.transfer(user, params.id, body), user, queue),
    }),
  }),
  operation({
    id: 'escalateSession',
    method: 'post',
    path: `${path}/{id}/escalate`,
    tag,
    summary: 'Queue a session again, more urgent and on the next stronger channel',
    params: sessionParametersSchema,
    body: escalateSessionSchema,
    replies: answer('The session after the escalation'),
    errors: ['not_found', 'session_closed'],
    handle: async ({ user, params, body }) => ({
      status: 200,
      body: presentSession(await handOver.escalate(user, params.id, body.note), user, queue),
    }),
  }),
];
