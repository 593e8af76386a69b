import { describe, expect, it } from 'vitest';
import { surfaceOf } from '../../../testing/code-surface.ts';

const routesOf = (files: Record<string, string>) =>
  [...surfaceOf(files).elements.values()]
    .filter(({ kind }) => kind === 'route')
    .map(({ subject, evidence }) => (evidence === 'parsed' ? subject : `${subject} (${evidence})`))
    .sort();

describe('route surface', () => {
  it('[DO2] joins the prefixes of Express routers over files', () => {
    const files = {
      'src/app.ts': `
        import express from 'express';
        import { orders } from './orders.js';
        import makeUsers, { guard } from './users';
        const API = '/api';
        const app = express();
        app.get('/health', (request, response) => response.end());
        app.get('trust proxy');
        app.use(\`\${API}/v1\`, guard, orders);
        app.use(API + '/people', makeUsers({ store }));
        app.use(express.json());`,
      'src/orders.ts': `
        import { Router } from 'express';
        import { items } from './items';
        export const orders = Router();
        orders.route('/orders/:id').get(show).delete(remove);
        orders.post(['/orders', '/baskets'], create);
        orders.use('/orders/:id/items', items);`,
      'src/items.ts': `
        import * as express from 'express';
        const items = express.Router({ mergeParams: true });
        items.get('/', list);
        export { items };`,
      'src/users.ts': `
        import { Router } from 'express';
        export const guard = (a, b, next) => next();
        export default function makeUsers({ store }) {
          const router = Router();
          router.patch('/:name', (request, response) => {});
          return router;
        }`,
    };
    expect(routesOf(files)).toEqual([
      'DELETE /api/v1/orders/:id',
      'GET /api/v1/orders/:id',
      'GET /api/v1/orders/:id/items',
      'GET /health',
      'PATCH /api/people/:name',
      'POST /api/v1/baskets',
      'POST /api/v1/orders',
    ]);
  });

  it('[DO2] follows functions that are handed a router, and CommonJS', () => {
    const files = {
      'server.js': `
        const express = require('express');
        const addOrders = require('./orders');
        const app = express();
        addOrders(app, {});
        app.use('/admin', require('./admin'));`,
      'orders.js': "module.exports = function addOrders(app, services) { app.get('/orders', list); };",
      'admin.js':
        "const router = require('express').Router(); router.get('/stats', show); module.exports = router;",
    };
    expect(routesOf(files)).toEqual(['GET /admin/stats', 'GET /orders']);
  });

  it('[DO2] joins the prefixes of Fastify plugins', () => {
    const files = {
      'src/server.ts': `
        import Fastify from 'fastify';
        import orders from './orders.js';
        import { people } from './people.js';
        const server = Fastify({ logger: true }).withTypeProvider<Types>();
        server.register(orders, { prefix: '/orders' });
        await server.register(people);
        server.register(async (instance) => { instance.get('/inner', show); }, { prefix: '/v2' });
        server.route({ method: ['GET', 'HEAD'], url: '/status', handler: status });`,
      'src/orders.ts': `
        import type { FastifyInstance } from 'fastify';
        export default async function (fastify: FastifyInstance, options: object) {
          fastify.get('/:id', { schema }, show);
          fastify.post('/', create);
        }`,
      'src/people.ts': `
        import type { FastifyPluginAsync } from 'fastify';
        export const people: FastifyPluginAsync = async (app) => { app.delete('/people/:id', remove); };`,
    };
    expect(routesOf(files)).toEqual([
      'DELETE /people/:id',
      'GET /orders/:id',
      'GET /status',
      'GET /v2/inner',
      'HEAD /status',
      'POST /orders',
    ]);
  });

  it('[DO2] what cannot be followed is marked, never left out in silence', () => {
    const { unresolved, elements } = surfaceOf({
      'src/lost.ts': `
        import { Router } from 'express';
        export const lost = Router();
        lost.get('/somewhere', show);
        lost.get(pathOf('x'), show);
        lost.use(\`/\${name}\`, other);`,
    });
    expect([...elements.values()].map(({ subject, evidence }) => [subject, evidence])).toEqual([
      ['GET /somewhere', 'heuristic'],
    ]);
    expect(unresolved.map(({ subject, line }) => [subject, line])).toEqual([
      ['GET /somewhere', 4],
      ["lost.get(pathOf('x'), show)", 5],
      ['lost.use(`/$'.concat('{name}`, other)'), 6],
    ]);
  });

  it('[DO2] is not misled by other things with the same methods', () => {
    const files = {
      'src/client.ts': `
        import axios from 'axios';
        const cache = new Map();
        cache.get('/x', 1); axios.get('/y', {}); fetcher.post('/z', body);
        request({ method: 'get', path: '/w', headers: {} });`,
    };
    expect(routesOf(files)).toEqual([]);
  });

  it('[DO2] reads operations that are described with a handler', () => {
    const files = {
      'src/article-routes.ts': `
        export const operations = (service) => [
          operation({ id: 'list', method: 'get', path: '/api/v1/articles/{id}', summary: 'Lists', handle: async () => {} }),
        ];`,
    };
    expect(routesOf(files)).toEqual(['GET /api/v1/articles/:id (heuristic)']);
  });

  it('[DO2] reads paths that are made of constants before them', () => {
    const files = {
      'src/article-routes.ts': `
        const path = '/api/v1/articles';
        const onePath = \`\${path}/{id}\`;
        export const operations = (service) => [
          operation({ method: 'post', path, handle: async () => {} }),
          operation({ method: 'get', path: onePath, handle: async () => {} }),
        ];`,
    };
    expect(routesOf(files)).toEqual([
      'GET /api/v1/articles/:id (heuristic)',
      'POST /api/v1/articles (heuristic)',
    ]);
  });

  it('[DO2] a described operation is marked when its path cannot be read, and its neighbours are', () => {
    const { unresolved, elements } = surfaceOf({
      'src/article-routes.ts': `
        export const operations = (service, { path, prefix }) => [
          operation({ method: 'get', path, handle: async () => {} }),
          operation({ method: 'put', path: \`\${prefix}/articles\`, handle: async () => {} }),
          operation({ method: 'post', path: pathOf('articles'), handler: create }),
          operation({ method: 'delete', path: '/articles/{id}', handle: async () => {} }),
        ];`,
    });
    expect([...elements.values()].map(({ subject }) => subject)).toEqual(['DELETE /articles/:id']);
    expect(unresolved.map(({ what, file, line, reason }) => [what, file, line, reason])).toEqual(
      [3, 4, 5].map((line) => [
        'route',
        'src/article-routes.ts',
        line,
        'The path is known at run time only.',
      ]),
    );
  });

  it('[DO2] an OpenAPI document tells what a route takes, and stands alone where there is no code', () => {
    const document = `
openapi: 3.1.0
paths:
  /orders/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get:
      summary: One order
      parameters:
        - { name: expand, in: query, schema: { type: boolean, default: false } }
      responses: { '200': { description: ok }, '404': { description: gone } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      responses: { '201': { description: made } }
components:
  schemas:
    Order: { type: object, required: [name], properties: { name: { type: string }, size: { type: integer } } }
`;
    const files = {
      'api/openapi.yaml': document,
      'src/app.ts': "import express from 'express'; const app = express(); app.get('/orders/:id', show);",
    };
    expect(routesOf(files)).toEqual(['GET /orders/:id', 'POST /orders/:id']);
    const { elements } = surfaceOf(files);
    expect(elements.get('route\nGET /orders/:id')).toMatchObject({
      file: 'src/app.ts',
      side: {
        source: 'express',
        summary: 'One order',
        pathParameters: ['id'],
        parameters: [{ name: 'query.expand', type: 'boolean', required: false, default: 'false' }],
        responses: ['200', '404'],
      },
    });
    expect(elements.get('route\nPOST /orders/:id')?.side).toMatchObject({
      source: 'openapi',
      parameters: [
        { name: 'body.name', type: 'string', required: true },
        { name: 'body.size', type: 'integer', required: false },
      ],
    });
  });

  it('[DO2] follows what an OpenAPI document refers to within itself, and begins where its server does', () => {
    const document = `
openapi: 3.0.3
servers: [{ url: 'https://api.example.com/v1/' }]
paths:
  /orders:
    parameters: [{ $ref: '#/components/parameters/Tenant' }, { name: page, in: query }]
    post:
      parameters: [{ name: page, in: query, schema: { type: array, items: { enum: [1, two] } } }]
      requestBody: { $ref: '#/components/requestBodies/NewOrder' }
  /again: { $ref: '#/paths/~1orders' }
components:
  parameters: { Tenant: { name: X-Tenant, in: header, required: true, schema: { type: string } } }
  requestBodies: { NewOrder: { content: { application/json: { schema: { $ref: '#/components/schemas/New' } } } } }
  schemas:
    Base: { required: [customer], properties: { customer: { type: string } } }
    New: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { size: { $ref: '#/components/schemas/Base' } } }] }
    Loop: { $ref: '#/components/schemas/Loop' }
`;
    const { elements } = surfaceOf({ 'openapi.yaml': document });
    expect([...elements.keys()].sort()).toEqual(['route\nPOST /v1/again', 'route\nPOST /v1/orders']);
    expect(elements.get('route\nPOST /v1/orders')?.side).toMatchObject({
      parameters: [
        { name: 'header.X-Tenant', type: 'string', required: true },
        { name: 'query.page', type: '(1 | "two")[]', required: false },
        { name: 'body.customer', type: 'string', required: true },
        { name: 'body.size', type: 'Base', required: false },
      ],
    });
  });

  it('[DO2] reads the types and bodies of Swagger, which have other places', () => {
    const document = {
      swagger: '2.0',
      basePath: '/v2',
      paths: {
        '/pets': {
          post: {
            parameters: [
              { name: 'limit', in: 'query', type: 'integer', default: 20 },
              { name: 'pet', in: 'body', schema: { $ref: '#/definitions/Pet' } },
            ],
          },
        },
      },
      definitions: { Pet: { required: ['name'], properties: { name: { type: 'string' } } } },
    };
    const { elements } = surfaceOf({ 'swagger.json': JSON.stringify(document) });
    expect(elements.get('route\nPOST /v2/pets')?.side).toMatchObject({
      parameters: [
        { name: 'query.limit', type: 'integer', required: false, default: '20' },
        { name: 'body.name', type: 'string', required: true },
      ],
    });
  });

  it('[DO2] reads the routes of a plugin that is written where it is registered', () => {
    const app = `
      import Fastify from 'fastify';
      const app = Fastify();
      app.register(async (scoped) => { scoped.get('/metrics', show); }, { prefix: '/internal' });`;
    expect(routesOf({ 'app.ts': app })).toEqual(['GET /internal/metrics']);
  });

  it('[FA] [DO2] the ways to a router do not multiply without end', () => {
    const levels = Array.from({ length: 11 }, (_, level) => level + 1);
    const mounts = (level: number) =>
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `r${level - 1}.use('/${name}', r${level});`).join('');
    const app = `
      import express, { Router } from 'express';
      const r0 = express();
      ${levels.map((level) => `const r${level} = Router(); ${mounts(level)}`).join('\n')}
      r11.get('/x', show);`;
    const routes = routesOf({ 'app.ts': app });
    expect(routes).toContain(`GET ${'/a'.repeat(11)}/x`);
    expect(routes.length).toBeLessThan(500);
  });
});
