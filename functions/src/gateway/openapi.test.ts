import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type GatewayHarness, startGateway } from '../testing/gateway-harness.ts';
import { sampleOperations } from '../testing/sample-operations.ts';
import { createOpenApiDocument } from './openapi.ts';
import { operation } from './operation.ts';

describe('OpenAPI document', () => {
  const document = createOpenApiDocument(sampleOperations, '1.2.3');
  const operationAt = (path: string, method: string) => {
    const found = document.paths[path]?.[method];
    if (found === undefined) throw new Error(`${method} ${path} is not published`);
    return found;
  };

  it('[HT1] publishes each operation with parameters, body and replies', () => {
    for (const { path, method, id } of sampleOperations)
      expect(operationAt(path, method).operationId).toBe(id);
    expect(operationAt('/api/v1/sessions/{id}', 'get').parameters).toMatchObject([
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    ]);
    expect(operationAt('/api/v1/sessions', 'get').parameters).toMatchObject([
      { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 200 } },
      { name: 'cursor', in: 'query', required: false },
    ]);
    const opened = operationAt('/api/v1/sessions', 'post');
    const schema = opened.requestBody?.content['application/json']?.schema;
    expect(schema).toMatchObject({ required: ['issue'], additionalProperties: false });
    expect(opened.responses['201']?.content?.['application/json']?.schema).toMatchObject({
      required: ['issue', 'tags'],
    });
    expect(operationAt('/api/v1/skills', 'put').responses['204']?.content).toBeUndefined();
  });

  it('[HT2] publishes each failure an operation can give, with its codes', () => {
    const statuses = (path: string, method: string) => Object.keys(operationAt(path, method).responses);
    expect(statuses('/api/v1/sessions', 'post')).toEqual([
      '201',
      '400',
      '401',
      '403',
      '409',
      '413',
      '415',
      '422',
      '429',
      '500',
      '503',
    ]);
    expect(statuses('/api/v1/auth/token', 'post')).not.toContain('403');
    expect(statuses('/api/v1/me', 'get')).toContain('304');
    expect(operationAt('/api/v1/sessions', 'post').responses['409']).toMatchObject({
      content: { 'application/problem+json': { schema: { properties: { code: { enum: ['conflict'] } } } } },
    });
  });

  it('[HT3] says who may call what', () => {
    expect(operationAt('/api/v1/auth/token', 'post')).toMatchObject({ security: [], 'x-roles': ['anyone'] });
    expect(operationAt('/api/v1/skills', 'put')).toMatchObject({
      security: [{ bearer: [] }],
      'x-roles': ['admin'],
    });
  });

  it('[HT1] keeps named and recursive schemas once, and every reference leads somewhere', () => {
    const named = z.strictObject({ name: z.string() }).meta({ id: 'Skill' });
    const tree = z.strictObject({
      get children() {
        return z.array(tree);
      },
    });
    const [first, , , , , last] = sampleOperations;
    if (first === undefined || last === undefined) throw new Error('no sample operations');
    const both = createOpenApiDocument(
      [
        operation({
          ...first,
          id: 'getSkills',
          path: '/a',
          replies: { 200: { description: 'd', schema: z.strictObject({ skills: z.array(named), tree }) } },
          handle: async () => ({ status: 200 }),
        }),
        operation({
          ...last,
          path: '/b',
          body: z.strictObject({ skill: named, tree }),
          handle: async () => ({ status: 204 }),
        }),
      ],
      '1',
    );
    const text = JSON.stringify(both);
    const references = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)];
    expect(references.map(([, , name]) => name)).toContain('Skill');
    for (const [, kind, name] of references) {
      expect(Object.keys(both.components[kind as 'schemas' | 'headers'])).toContain(name);
    }
    expect(text).not.toContain('$defs');
  });
});

describe('published documentation', () => {
  let gateway: GatewayHarness;
  beforeAll(async () => {
    gateway = await startGateway({ operations: sampleOperations });
  });
  afterAll(() => gateway.server.stop());

  it('[HT] GET /openapi.json is the document', async () => {
    const reply = await gateway.fetch('/openapi.json');
    expect(reply.headers.get('content-type')).toBe('application/json');
    expect(await reply.json()).toEqual(JSON.parse(JSON.stringify(gateway.app.openapi)));
  });

  it('[HT] GET /docs shows each operation: who, what, constraints, replies and an example', async () => {
    const page = await (await gateway.fetch('/docs')).text();
    for (const { id, summary } of sampleOperations) {
      expect(page).toContain(`id="${id}"`);
      expect(page).toContain(summary);
    }
    expect(page).toContain('<code>customer.age</code>');
    expect(page).toContain('at most 150');
    expect(page).toContain('one of <code>low</code>, <code>medium</code>');
    expect(page).toContain('<a href="/docs/errors#conflict"><code>conflict</code></a>');
    expect(page).toContain('curl -X POST &quot;$PROOFDESK_URL/api/v1/sessions&quot;');
    expect(page).toContain("-d '{&quot;issue&quot;:&quot;Need help with bleed settings&quot;}'");
  });

  it.each(['/docs', '/docs/errors'])(
    '[HT] %s needs no script, and the policy lets its style in',
    async (path) => {
      const reply = await gateway.fetch(path);
      const page = await reply.text();
      expect(page).not.toMatch(/<script|\son\w+=|style="/);
      expect(page).toContain('width=device-width');
      const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
      const source = `'sha256-${Buffer.from(digest).toString('base64')}'`;
      expect(reply.headers.get('content-security-policy')).toContain(source);
    },
  );

  it('[HT2] the type of a problem leads to its explanation', async () => {
    const problem = await (await gateway.fetch('/api/v1/me')).json();
    const { type } = problem as { type: string };
    const [path = '', anchor] = type.split('#');
    expect(await (await gateway.fetch(path)).text()).toContain(`id="${anchor}"`);
  });
});
