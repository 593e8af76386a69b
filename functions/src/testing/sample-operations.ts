import { z } from 'zod';
import { type Operation, type OperationReply, operation, publicOperation } from '../gateway/operation.ts';
import { idSchema, pageQuerySchema, textSchema } from '../protocol/common.ts';
import { urgencySchema } from '../protocol/enumerations.ts';

const paramsSchema = z.strictObject({ id: idSchema });

const sampleBodySchema = z.strictObject({
  issue: textSchema,
  urgency: urgencySchema.optional(),
  orderRef: z.string().max(64).optional(),
  tags: z.array(z.string().max(20)).max(5).default([]),
  customer: z.strictObject({ name: z.string(), age: z.number().int().min(0).max(150) }).optional(),
});

const me = operation({
  id: 'getMe',
  method: 'get',
  path: '/api/v1/me',
  tag: 'Identity',
  summary: 'Who is asking',
  replies: { 200: { description: 'You', schema: z.strictObject({ uid: z.string(), role: z.string() }) } },
  handle: async ({ user }) => ({ status: 200, body: { uid: user.uid, role: user.role } }),
});

const signIn = publicOperation({
  id: 'createToken',
  method: 'post',
  path: '/api/v1/auth/token',
  tag: 'Identity',
  summary: 'Signs in',
  body: z.strictObject({ email: z.string(), password: z.string() }),
  replies: {
    200: { description: 'A token', schema: z.strictObject({ token: z.string(), knows: z.boolean() }) },
  },
  errors: ['bad_credentials'],
  handle: async ({ user }) => ({
    status: 200,
    body: { token: 'secret-of-reply', knows: user !== undefined },
  }),
});

const echo = operation({
  id: 'openSession',
  method: 'post',
  path: '/api/v1/sessions',
  tag: 'Sessions',
  summary: 'Opens a session',
  description: 'Answers what it was given.\n\nSee [the errors](/docs/errors) for `session_closed`.',
  body: sampleBodySchema,
  replies: { 201: { description: 'As it was understood', schema: sampleBodySchema } },
  errors: ['conflict'],
  handle: async ({ body }) => ({ status: 201, body, headers: { Location: '/api/v1/sessions/1' } }),
});

const list = operation({
  id: 'listSessions',
  method: 'get',
  path: '/api/v1/sessions',
  tag: 'Sessions',
  summary: 'Lists sessions',
  query: pageQuerySchema,
  replies: { 200: { description: 'A page', schema: z.strictObject({ limit: z.number().int() }) } },
  handle: async ({ query }) => ({ status: 200, body: { limit: query.limit } }),
});

const one = operation({
  id: 'getSession',
  method: 'get',
  path: '/api/v1/sessions/{id}',
  tag: 'Sessions',
  summary: 'One session',
  params: paramsSchema,
  replies: { 200: { description: 'The session', schema: paramsSchema } },
  errors: ['not_found'],
  handle: async ({ params }) => ({ status: 200, body: params }),
});

const replaceSkills = operation({
  id: 'updateSkills',
  method: 'put',
  path: '/api/v1/skills',
  tag: 'Team',
  summary: 'Replaces the skills',
  body: z.strictObject({ skills: z.array(z.string()) }),
  replies: { 204: { description: 'Replaced' } },
  handle: async () => ({ status: 204 }),
});

/** Operations of each shape, for tests of the gateway; they answer what they were given. */
export const sampleOperations: readonly Operation[] = [me, signIn, echo, list, one, replaceSkills];

/** An operation that answers as the test says. */
export const answering = (
  handle: (signal: () => AbortSignal) => OperationReply | Promise<OperationReply>,
): Operation =>
  operation({
    id: 'getSettings',
    method: 'get',
    path: '/api/v1/settings',
    tag: 'Team',
    summary: 'Answers as the test says',
    replies: { 200: { description: 'Whatever', schema: z.unknown() } },
    handle: async (request) => handle(() => request.signal),
  });
