import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayHarness, startGateway } from '../../src/testing/gateway-harness.ts';
import { sampleOperations } from '../../src/testing/sample-operations.ts';
import { expectPublishedReply, fetchPublished } from './openapi-contract.ts';

describe('contract with the OpenAPI document', () => {
  let gateway: GatewayHarness;
  beforeAll(async () => {
    gateway = await startGateway({ operations: sampleOperations });
  });
  afterAll(() => gateway.server.stop());

  const headers = { authorization: 'Bearer customer-anna', 'content-type': 'application/json' };
  const send = (path: string, init: RequestInit = {}) =>
    fetchPublished(gateway.app.openapi, gateway.url, path, { headers, ...init });
  const post = (body: string) => send('/api/v1/sessions', { method: 'POST', body });

  it('[HT1] each kind of reply of the gateway fits what is published', async () => {
    const replies = [
      await send('/api/v1/me'),
      await send('/api/v1/me', { headers: {} }),
      await send('/api/v1/sessions/s1'),
      await send('/api/v1/sessions/not.an.id'),
      await send('/api/v1/sessions?limit=3'),
      await post('{"issue": "Help"}'),
      await post('{"issue": ""}'),
      await post('{'),
      await post(JSON.stringify({ issue: 'x'.repeat(200_000) })),
      await send('/api/v1/sessions', {
        method: 'POST',
        body: 'x',
        headers: { authorization: headers.authorization },
      }),
      await send('/api/v1/skills', { method: 'PUT', body: '{}' }),
      await send('/api/v1/skills', {
        method: 'PUT',
        body: '{"skills": []}',
        headers: { ...headers, authorization: 'Bearer admin-root' },
      }),
    ];
    expect(replies.map((reply) => reply.status)).toEqual([
      200, 401, 200, 422, 200, 201, 422, 400, 413, 415, 403, 204,
    ]);
  });

  it('[HT6] a reply that was not modified fits too', async () => {
    const first = await send('/api/v1/me');
    const again = await send('/api/v1/me', {
      headers: { ...headers, 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it.each(['/health', '/ready', '/metrics', '/openapi.json', '/docs', '/docs/errors'])(
    '[HT1] %s fits what is published',
    async (path) => {
      expect((await send(path)).status).toBe(200);
    },
  );

  const reply = (status: number, body: unknown, contentType = 'application/json') => ({
    status,
    headers: new Headers({ 'content-type': contentType }),
    body: JSON.stringify(body),
  });
  const request = { method: 'GET', path: '/api/v1/me' };
  const problem = {
    type: '/docs/errors#forbidden',
    title: 't',
    status: 403,
    code: 'forbidden',
    requestId: 'r',
  };

  it.each([
    ['a missing field', reply(200, { uid: 'a' }), /must have required property 'role'/],
    ['a field too many', reply(200, { uid: 'a', role: 'b', password: 'c' }), /additional properties/],
    ['a wrong type', reply(200, { uid: 1, role: 'b' }), /uid must be string/],
    ['a status', reply(418, {}), /status is not published/],
    ['a media type', reply(200, {}, 'text/html'), /text\/html is not published/],
    ['a code of another status', reply(401, problem, 'application/problem+json'), /code must be equal/],
  ])('the check finds %s that is not published', (_name, wrong, message) => {
    expect(() => expectPublishedReply(gateway.app.openapi, request, wrong)).toThrow(message);
  });

  it('the check finds an address, a method and a body that are not published', () => {
    const api = gateway.app.openapi;
    const check = (method: string, path: string, status: number) => () =>
      expectPublishedReply(api, { method, path }, reply(status, {}));
    expect(check('GET', '/api/v1/nothing', 200)).toThrow(/is not published/);
    expect(check('DELETE', '/api/v1/me', 200)).toThrow(/method is not published/);
    expect(check('PUT', '/api/v1/skills', 204)).toThrow(/no body is published/);
  });
});
