import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';

const problem = (code: string, extra: object = {}) =>
  JSON.stringify({ type: 'about:blank', title: 'Title', status: 422, code, requestId: 'r-1', ...extra });

describe('the REST client', () => {
  let server: Server;
  let url: string;
  let heard: { method: string; url: string; authorization: string | undefined; body: string }[];
  let reply: (request: IncomingMessage, response: ServerResponse) => void;

  beforeEach(async () => {
    heard = [];
    server = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += String(part);
      const { method = '', url: path = '', headers } = request;
      heard.push({ method, url: path, authorization: headers.authorization, body });
      reply(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const failureOf = async (work: Promise<unknown>): Promise<ApiError> => {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ApiError)) throw new Error('should have failed with ApiError', { cause: error });
    return error;
  };

  it('[HT1] sends token, query and body, and gives the reply', async () => {
    reply = (_request, response) => response.end('{"items":[]}');
    const api = createApiClient({ url, token: 'secret' });
    await expect(api.sessions.list({ status: 'queued', limit: 5 })).resolves.toEqual({ items: [] });
    await api.sessions.open({ issue: 'The bleed is wrong' });
    await api.sessions.get('../me?x');
    expect(heard).toEqual([
      {
        method: 'GET',
        url: '/api/v1/sessions?status=queued&limit=5',
        authorization: 'Bearer secret',
        body: '',
      },
      {
        method: 'POST',
        url: '/api/v1/sessions',
        authorization: 'Bearer secret',
        body: '{"issue":"The bleed is wrong"}',
      },
      { method: 'GET', url: '/api/v1/sessions/..%2Fme%3Fx', authorization: 'Bearer secret', body: '' },
    ]);
  });

  it('[HT1] gives nothing where the reply has no body', async () => {
    reply = (_request, response) => response.writeHead(204).end();
    await expect(createApiClient({ url, token: 't' }).articles.delete('a')).resolves.toBeUndefined();
  });

  it('[HT2] a problem becomes an ApiError with its code, its details and the time to wait', async () => {
    const errors = [{ path: 'issue', message: 'write a few words' }];
    reply = (_request, response) => {
      response.writeHead(429, { 'Content-Type': 'application/problem+json', 'Retry-After': '7' });
      response.end(problem('rate_limited', { detail: 'Wait.', errors }));
    };
    const error = await failureOf(createApiClient({ url, token: 't' }).me());
    expect(error).toMatchObject({
      code: 'rate_limited',
      status: 429,
      message: 'Wait.',
      retryable: true,
      retryAfterMs: 7_000,
      requestId: 'r-1',
      errors,
    });
  });

  it.each([
    [502, 'unavailable', true],
    [500, 'internal', true],
    [404, 'internal', true],
  ])('[HT2] status %i of somebody else counts as %s', async (status, code, retryable) => {
    reply = (_request, response) => response.writeHead(status).end('<h1>Proxy</h1>');
    expect(await failureOf(createApiClient({ url, token: 't' }).me())).toMatchObject({
      code,
      status,
      retryable,
    });
  });

  it('[HT2] a code that this version does not know is not shown as one', async () => {
    reply = (_request, response) => response.writeHead(409).end(problem('constructor'));
    expect(await failureOf(createApiClient({ url, token: 't' }).me())).toMatchObject({ code: 'internal' });
  });

  it('[HT2] a server that cannot be reached, and an answer that is no JSON, are failures', async () => {
    const nowhere = createApiClient({ url: 'http://127.0.0.1:1', token: 't' });
    expect(await failureOf(nowhere.me())).toMatchObject({ code: 'unavailable', status: 0, retryable: true });
    reply = (_request, response) => response.end('<html>');
    expect(await failureOf(createApiClient({ url, token: 't' }).me())).toMatchObject({ code: 'internal' });
  });

  it('[HT2] a request that is given up fails as such', async () => {
    const api = createApiClient({ url, token: 't' });
    const given = api.request('GET', '/api/v1/me', { signal: AbortSignal.abort() });
    await expect(given).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each([
    ['an answer', (api: ReturnType<ApiClient['with']>) => api.sessions.list({ status: 'queued' })],
    ['a file', (api: ReturnType<ApiClient['with']>) => api.proofs.download('proof-1')],
    ['anything else', (api: ReturnType<ApiClient['with']>) => api.request('GET', '/api/v1/settings')],
  ])('[HT2] any operation can be given up while it waits for %s', async (_, ask) => {
    const giveUp = new AbortController();
    const hungUp = new Promise<void>((resolve) => {
      reply = (_request, response) => {
        response.on('close', resolve);
        giveUp.abort(new Error('the page was left'));
      };
    });
    const api = createApiClient({ url, token: 't' });
    await expect(ask(api.with({ signal: giveUp.signal }))).rejects.toThrow('the page was left');
    await hungUp;
    reply = (_request, response) => response.end('{}');
    await expect(api.me()).resolves.toEqual({});
    await expect(api.with({ signal: giveUp.signal }).me()).rejects.toThrow('the page was left');
    expect(heard).toHaveLength(2);
  });

  /** Begins an answer and never ends it. */
  const halfAnAnswer = (response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Length': 100 });
    response.write('{"uid":');
  };

  it('[HT2] an answer that is cut off is no answer', async () => {
    reply = (_request, response) => {
      halfAnAnswer(response);
      setImmediate(() => response.destroy());
    };
    const error = await failureOf(createApiClient({ url, token: 't' }).me());
    expect(error).toMatchObject({ code: 'unavailable', status: 0, retryable: true });
  });

  it('[HT2] a request that is given up during its answer fails as such', async () => {
    const giveUp = new AbortController();
    reply = (_request, response) => halfAnAnswer(response);
    const whole = fetch;
    const api = createApiClient({
      url,
      token: 't',
      fetch: async (...request) => {
        const response = await whole(...request);
        setImmediate(() => giveUp.abort());
        return response;
      },
    });
    const given = api.request('GET', '/api/v1/me', { signal: giveUp.signal });
    await expect(given).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('[HT3] the answer that refused a token holds no connection', async () => {
    reply = (_request, response) => response.writeHead(401).end(problem('not_authenticated'));
    const answers: Response[] = [];
    const whole = fetch;
    const keep: typeof fetch = async (...request) => {
      const response = await whole(...request);
      answers.push(response);
      return response;
    };
    await failureOf(createApiClient({ url, getToken: () => 'stale', fetch: keep }).me());
    expect(answers.map(({ bodyUsed }) => bodyUsed)).toEqual([true, true]);
  });

  it('[HT3] a refused token is replaced by a fresh one, once', async () => {
    reply = ({ headers }, response) => {
      if (headers.authorization === 'Bearer fresh') response.end('{"uid":"anna"}');
      else response.writeHead(401).end(problem('not_authenticated'));
    };
    const api = createApiClient({ url, getToken: ({ fresh }) => (fresh ? 'fresh' : 'stale') });
    await expect(api.me()).resolves.toEqual({ uid: 'anna' });
    const stubborn = createApiClient({ url, getToken: () => 'stale' });
    expect(await failureOf(stubborn.me())).toMatchObject({ code: 'not_authenticated', retryable: false });
    expect(heard).toHaveLength(4);
  });
});
