import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OperationId, permissions } from '../src/access/permissions.ts';
import type { OperationCall } from './support/contract.ts';
import { furtherReplies, mostProofBytes, mostProofs } from './support/contract-cases.ts';
import { type Caller, type Desk, openDesk } from './support/desk.ts';
import { type ApiReply, apiOf } from './support/server.ts';
import { newSubject, type Subject, validRequests } from './support/valid-requests.ts';

const bodyLimitBytes = 200_000;
const operationIds = Object.keys(permissions) as OperationId[];
const roles = ['customer', 'agent', 'admin'] as const;

/** Who may call an operation; of several, the one with the most rights. */
const callerOf = (id: OperationId): Caller => {
  const permission: readonly string[] | 'anyone' = permissions[id];
  return permission === 'anyone'
    ? 'anonymous'
    : ([...roles].reverse().find((role) => permission.includes(role)) ?? 'admin');
};

const strangerTo = (id: OperationId): Caller | undefined => {
  const permission: readonly string[] | 'anyone' = permissions[id];
  return permission === 'anyone' ? undefined : roles.find((role) => !permission.includes(role));
};

const withQuery = (call: OperationCall, query: Record<string, string>): OperationCall => ({
  ...call,
  query: { ...call.query, ...query },
});

describe('contract', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({
      AUTH_MODE: 'local',
      SIGNUP: 'open',
      JSON_BODY_LIMIT: `${bodyLimitBytes}b`,
      PROOF_MAX_PER_SESSION: String(mostProofs),
      PROOF_MAX_BYTES: `${mostProofBytes}b`,
    });
    await desk.setPlaces(0);
  });
  afterAll(() => desk.close());

  /** Makes a request, checks the reply against the document and its status against the wanted one. */
  const ask = async (id: string, caller: Caller, call: OperationCall, status: number): Promise<ApiReply> => {
    const reply = await desk.contract.call(desk.apiAs(caller), id, call);
    desk.contract.check(id, reply);
    expect(reply.status, `${id} as ${caller}: ${JSON.stringify(reply.body).slice(0, 300)}`).toBe(status);
    return reply;
  };

  /** Sends a body as it is. */
  const send = async (
    id: OperationId,
    call: OperationCall,
    body: string,
    contentType: string,
    status: number,
  ) => {
    const { method, path } = desk.contract.operation(id);
    const target = path.replace('{id}', call.params?.id ?? '');
    const response = await fetch(`${desk.server.url}${target}`, {
      method,
      headers: { authorization: `Bearer ${desk.tokenOf(callerOf(id))}`, 'content-type': contentType },
      body,
    });
    const reply = { status: response.status, headers: response.headers, body: await response.json() };
    desk.contract.check(id, reply);
    expect(reply.status, `${id}: ${JSON.stringify(reply.body).slice(0, 300)}`).toBe(status);
  };

  const statusOfSuccess = (id: OperationId): number => {
    const published = Object.keys(desk.contract.operation(id).described.responses).map(Number);
    return published.find((status) => status < 300) ?? 0;
  };

  it('[HT1] the document is valid OpenAPI 3.1', async () => {
    const document = structuredClone(desk.contract.document);
    const { valid, errors } = await new Validator().validate({ ...document });
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it('[HT1] the document names every operation of the product, and who may call it', () => {
    const named = operationIds.map((id) => [id, desk.contract.operation(id).described['x-roles']]);
    expect(Object.fromEntries(named)).toEqual(
      Object.fromEntries(operationIds.map((id) => [id, [permissions[id]].flat()])),
    );
  });

  it.each(operationIds)('[HT1] %s: what succeeds fits, and so does 304', async (id) => {
    const subject = await newSubject(desk, id);
    const call = await validRequests[id](subject);
    if (id === 'claimSession') await desk.setPlaces(1);
    const reply = await ask(id, callerOf(id), call, statusOfSuccess(id));
    if (desk.contract.operation(id).method === 'GET') {
      const headers = { 'if-none-match': reply.headers.get('etag') ?? '' };
      await ask(id, callerOf(id), { ...call, headers }, 304);
    }
    await desk.setPlaces(0);
    if (id === 'revokeTokens') await desk.signInAgain(callerOf(id));
  });

  it.each(operationIds)('[HT1] %s: refusals of the caller fit', async (id) => {
    const call = await validRequests[id](await newSubject(desk, id));
    const stranger = strangerTo(id);
    if (permissions[id] !== 'anyone') {
      await ask(id, 'anonymous', call, 401);
      await ask(id, 'anonymous', { ...call, headers: { authorization: 'Bearer not.a.token' } }, 401);
    }
    if (stranger !== undefined) await ask(id, stranger, call, 403);
  });

  const refuseQueries = async (id: OperationId, call: OperationCall): Promise<void> => {
    const names = desk.contract.operation(id).described.parameters?.map(({ name }) => name) ?? [];
    await ask(id, callerOf(id), withQuery(call, { colour: 'cyan' }), 422);
    if (names.includes('limit')) await ask(id, callerOf(id), withQuery(call, { limit: '0' }), 422);
    if (names.includes('cursor')) await ask(id, callerOf(id), withQuery(call, { cursor: 'x' }), 400);
  };

  const refuseIds = async (id: OperationId, call: OperationCall): Promise<void> => {
    if (call.params === undefined) return;
    await ask(id, callerOf(id), { ...call, params: { id: 'not.an.id' } }, 422);
    await ask(id, callerOf(id), { ...call, params: { id: 'nobody-has-this-one' } }, 404);
    await ask(id, callerOf(id), { ...call, params: { id: '\u0000' } }, 422);
  };

  const refuseBodies = async (id: OperationId, call: OperationCall): Promise<void> => {
    const json = 'application/json';
    if (desk.contract.operation(id).described.requestBody?.content[json] === undefined) return;
    await ask(id, callerOf(id), { ...call, body: undefined }, 422);
    await ask(id, callerOf(id), { ...call, body: { ...(call.body as object), colour: 'cyan' } }, 422);
    await ask(id, callerOf(id), { ...call, body: [] }, 422);
    await send(id, call, '{"issue"', json, 400);
    await send(id, call, '{}', 'text/plain', 415);
    await send(id, call, JSON.stringify('x'.repeat(bodyLimitBytes)), json, 413);
  };

  it.each(operationIds)('[HT1] %s: refusals of the request fit', async (id) => {
    const call = await validRequests[id](await newSubject(desk, id));
    await refuseQueries(id, call);
    await refuseIds(id, call);
    await refuseBodies(id, call);
  });

  it.each(furtherReplies)(
    '[HT1] $operation fits: $about',
    async ({ operation, caller, make, status, code }) => {
      const subject: Subject = await newSubject(desk, operation);
      const reply = await ask(operation, caller, await make(subject), status);
      if (code !== undefined) expect(reply.body).toMatchObject({ code });
      await desk.setPlaces(0);
    },
  );

  it('[HT1] each 409 that the document names was asked for', () => {
    const conflicting = operationIds.filter((id) => '409' in desk.contract.operation(id).described.responses);
    const asked = new Set(
      furtherReplies.filter(({ status }) => status === 409).map(({ operation }) => operation),
    );
    expect([...asked].sort()).toEqual(conflicting.sort());
  });

  it.each([
    ['getHealth', '/health'],
    ['getReadiness', '/ready'],
    ['getMetrics', '/metrics'],
    ['getOpenApi', '/openapi.json'],
    ['getDocumentation', '/docs'],
    ['getErrorDocumentation', '/docs/errors'],
  ])('[HT1] %s fits', async (id, path) => {
    const reply = await apiOf(desk.server.url)('GET', path);
    expect(reply.status).toBe(200);
    desk.contract.check(id, reply);
  });
});
