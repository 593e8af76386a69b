/** What a request consists of. */
export interface RequestParts {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Offered content codings, e.g. `gzip`; none unless said otherwise, so that replies come as they are. */
  acceptEncoding?: string | undefined;
}

/** A request as it goes over the wire. */
export const requestText = ({ method, path, token, body, acceptEncoding }: RequestParts): string => {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Accept: application/json'];
  if (token !== undefined) lines.push(`Authorization: Bearer ${token}`);
  if (acceptEncoding !== undefined) lines.push(`Accept-Encoding: ${acceptEncoding}`);
  const content = body === undefined ? '' : JSON.stringify(body);
  if (content !== '') {
    lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(content)}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n${content}`;
};
