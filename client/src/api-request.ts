import { ApiError, errorOf, unreachable } from './api-error.ts';
import { type TokenOptions, Tokens } from './tokens.ts';

export interface ApiOptions extends TokenOptions {
  /** Address of the server, such as https://desk.example. */
  url: string;
  /** Default: the one of the browser or of Node. */
  fetch?: typeof fetch;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface RequestParts {
  body?: unknown;
  query?: object | undefined;
  /** A body that is a file, sent as it is. */
  file?: Blob | Uint8Array<ArrayBuffer> | undefined;
  headers?: Record<string, string> | undefined;
  /** Gives the request up. */
  signal?: AbortSignal | undefined;
}

/**
 * Asks for one thing. Fails with ApiError, with the reason of a signal that has aborted, or with what `getToken`
 * fails with.
 */
export interface ApiRequest {
  <Reply>(method: Method, path: string, parts?: RequestParts): Promise<Reply>;
  /** The answer as it comes, for what is not JSON. */
  raw(method: Method, path: string, parts?: RequestParts): Promise<Response>;
}

const queryOf = (query: object): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
};

/** Sends JSON and reads JSON. A refused token is replaced by a fresh one once, when there is somebody to ask. */
export const createApiRequest = (options: ApiOptions): ApiRequest => {
  const base = options.url.replace(/\/+$/, '');
  const tokens = new Tokens(options);

  const send = async (method: Method, path: string, parts: RequestParts, fresh: boolean) => {
    const { body, file, query = {}, signal = null } = parts;
    const token = await tokens.get(fresh);
    const headers = {
      Accept: 'application/json',
      ...(token !== '' && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(file !== undefined && { 'Content-Type': 'application/octet-stream' }),
      ...parts.headers,
    };
    const content = file ?? (body === undefined ? undefined : JSON.stringify(body));
    const init = { method, headers, signal, ...(content !== undefined && { body: content }) };
    try {
      return await (options.fetch ?? fetch)(`${base}${path}${queryOf(query)}`, init);
    } catch (error) {
      throw signal?.aborted ? error : unreachable(error);
    }
  };

  const raw = async (method: Method, path: string, parts: RequestParts = {}): Promise<Response> => {
    let response = await send(method, path, parts, false);
    if (response.status === 401 && tokens.renewable) {
      // A body that nobody reads holds its connection.
      await response.body?.cancel().catch(() => undefined);
      response = await send(method, path, parts, true);
    }
    if (!response.ok) throw await errorOf(response);
    return response;
  };

  const request = async <Reply>(method: Method, path: string, parts?: RequestParts): Promise<Reply> => {
    const response = await raw(method, path, parts);
    if (response.status === 204) return undefined as Reply;
    try {
      return (await response.json()) as Reply;
    } catch (cause) {
      if (parts?.signal?.aborted) throw cause;
      if (!(cause instanceof SyntaxError)) throw unreachable(cause);
      throw new ApiError('The answer is not JSON.', { code: 'internal', status: response.status, cause });
    }
  };
  return Object.assign(request, { raw });
};

/** The same requests, which the signal gives up unless they name one of their own. */
export const givenUpBy = (signal: AbortSignal, request: ApiRequest): ApiRequest => {
  const within = (parts: RequestParts = {}): RequestParts => ({ signal, ...parts });
  return Object.assign(
    <Reply>(method: Method, path: string, parts?: RequestParts) =>
      request<Reply>(method, path, within(parts)),
    { raw: (method: Method, path: string, parts?: RequestParts) => request.raw(method, path, within(parts)) },
  );
};
