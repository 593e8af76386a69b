import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayHarness, objectOf, startGateway } from '../testing/gateway-harness.ts';
import { sampleOperations } from '../testing/sample-operations.ts';

describe('validation', () => {
  let gateway: GatewayHarness;
  beforeAll(async () => {
    gateway = await startGateway({ operations: sampleOperations });
  });
  afterAll(() => gateway.server.stop());

  const headers = { authorization: 'Bearer customer-anna', 'content-type': 'application/json' };
  const get = (path: string) => gateway.fetch(path, { headers });
  const post = (body: unknown) =>
    gateway.fetch('/api/v1/sessions', { method: 'POST', headers, body: JSON.stringify(body) });
  const errorsOf = async (reply: Response) => {
    expect(reply.status).toBe(422);
    const { code, errors } = await objectOf(reply);
    expect(code).toBe('validation_failed');
    return errors as { path: string; message: string }[];
  };

  it('[HT1] hands over what the schema makes of a body, defaults included', async () => {
    const reply = await post({ issue: 'Help', urgency: 'high' });
    expect(reply.status).toBe(201);
    expect(reply.headers.get('location')).toBe('/api/v1/sessions/1');
    expect(await reply.json()).toEqual({ issue: 'Help', urgency: 'high', tags: [] });
  });

  it('[HT1] names each unknown key, also inside', async () => {
    const body = { issue: 'Help', colour: 1, customer: { name: 'A', age: 3, shoe: 44 }, size: 2 };
    const paths = (await errorsOf(await post(body))).map((error) => error.path);
    expect(paths.sort()).toEqual(['colour', 'customer.shoe', 'size']);
  });

  it('[HT1] names a key that would reach the prototype', async () => {
    const reply = await gateway.fetch('/api/v1/sessions', {
      method: 'POST',
      headers,
      body: '{"issue": "Help", "__proto__": {"role": "admin"}}',
    });
    expect(await errorsOf(reply)).toEqual([
      { path: '__proto__', message: expect.stringMatching(/Unknown key/) },
    ]);
  });

  it('[HT1] tells every mistake with its dotted path', async () => {
    const body = { issue: ' ', urgency: 'yesterday', tags: ['fine', 7], customer: { name: 'A', age: -1 } };
    const paths = (await errorsOf(await post(body))).map((error) => error.path);
    expect(paths.sort()).toEqual(['customer.age', 'issue', 'tags.1', 'urgency']);
  });

  it('[HT1] asks for a body where there is none', async () => {
    const reply = await gateway.fetch('/api/v1/sessions', { method: 'POST', headers });
    expect(await errorsOf(reply)).toEqual([{ path: '', message: expect.stringContaining('object') }]);
  });

  it('[HT1] says of what was left out that it is missing', async () => {
    expect(await errorsOf(await post({}))).toEqual([{ path: 'issue', message: 'is missing: send it' }]);
  });

  it('[HT1] bounds the list of mistakes and the length of each', async () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 1]);
    const many = await errorsOf(await post(Object.fromEntries(keys)));
    expect(many.length).toBe(50);
    const [long] = await errorsOf(await post({ issue: 'Help', ['x'.repeat(10_000)]: 1 }));
    expect(long?.path.length).toBeLessThan(250);
  });

  it('[HT1] reads numbers of a query and refuses unknown names', async () => {
    expect(await (await get('/api/v1/sessions?limit=7')).json()).toEqual({ limit: 7 });
    expect(await (await get('/api/v1/sessions')).json()).toEqual({ limit: 50 });
    expect(await errorsOf(await get('/api/v1/sessions?limit=7&offset=1'))).toMatchObject([
      { path: 'offset' },
    ]);
    for (const wrong of ['limit=many', 'limit=0', 'limit=201', 'limit=1.5', 'limit=7&limit=8']) {
      expect(await errorsOf(await get(`/api/v1/sessions?${wrong}`))).toEqual([
        { path: 'limit', message: 'write one whole number from 1 to 200' },
      ]);
    }
  });

  it('[HT1] an operation without query takes none', async () => {
    expect(await errorsOf(await get('/api/v1/me?uid=bob'))).toMatchObject([{ path: 'uid' }]);
    expect(await errorsOf(await get('/api/v1/me?__proto__=1'))).toMatchObject([{ path: '__proto__' }]);
  });

  it('[HT1] a name that comes twice is refused, not silently one of both', async () => {
    expect(await errorsOf(await get('/api/v1/sessions?cursor=a&cursor=b&cursor=c'))).toMatchObject([
      { path: 'cursor', message: expect.stringContaining('array') },
    ]);
  });

  it('[HT1] tells mistakes of path and query together', async () => {
    const paths = (await errorsOf(await get('/api/v1/sessions/not.an.id?deep=1'))).map((error) => error.path);
    expect(paths.sort()).toEqual(['deep', 'id']);
  });
});
