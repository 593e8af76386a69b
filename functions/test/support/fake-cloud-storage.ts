import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { answerFor } from './fake-cloud-storage-api.ts';
import { failure, Objects, type Outcome } from './fake-cloud-storage-objects.ts';

/** What becomes of a request: a status instead of its work, or its work with the answer lost, cut or withheld. */
type Fault = { status: number } | 'lost answer' | 'cut answer' | 'silence';

interface Arrival {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
}

type Interference = (arrival: Arrival) => Fault | undefined;

const bytesOf = (body: unknown): Buffer => {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(body === undefined ? '' : JSON.stringify(body));
};

const deliver = (response: ServerResponse, { status, headers, body }: Outcome, fault?: Fault): void => {
  if (fault === 'lost answer') {
    response.destroy();
    return;
  }
  const bytes = bytesOf(body);
  response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
  if (fault === 'cut answer') {
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  } else {
    response.end(bytes);
  }
};

/**
 * The part of Cloud Storage's JSON API that the engine uses, over real HTTP: uploads in parts and in one request,
 * preconditions, ranges, lists and deletions, with faults. It holds one bucket in memory.
 */
export class FakeCloudStorage {
  readonly objects: Objects;
  readonly #server = createServer((request, response) => {
    // Whoever asked may be gone before the request is whole.
    this.#serve(request, response).catch(() => response.destroy());
  });
  #interfere: Interference = () => undefined;

  constructor(bucket: string) {
    this.objects = new Objects(bucket);
  }

  async listen(): Promise<this> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Asked of every request from now on. */
  interfere(interference: Interference): void {
    this.#interfere = interference;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '', this.url);
    const fault = this.#interfere({ method, url, headers });
    const body = await buffer(request);
    if (fault === 'silence') return;
    if (typeof fault === 'object') return deliver(response, failure(fault.status, 'Try again.'));
    deliver(response, answerFor(this.objects, { method, url, headers, body }), fault);
  }
}
