import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { type FakeReply, play } from './fake-openai-replies.ts';

/** What every request to Chat Completions must look like; anything more is recorded as it came. */
const requestSchema = z.looseObject({
  model: z.string().min(1),
  messages: z.tuple([
    z.strictObject({ role: z.literal('system'), content: z.string() }),
    z.strictObject({ role: z.literal('user'), content: z.string() }),
  ]),
  response_format: z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({ name: z.string(), strict: z.literal(true), schema: z.looseObject({}) }),
  }),
});

export type SeenRequest = z.output<typeof requestSchema>;
type Script = (text: string, request: SeenRequest) => FakeReply;

export interface FakeOpenAi {
  /** Address for OPENAI_BASE_URL. */
  readonly baseUrl: string;
  /** Every request so far, in order. */
  readonly requests: readonly SeenRequest[];
  /** The next requests are answered so, in this order. */
  plays(...replies: FakeReply[]): void;
  /** From now on every request beyond those of `plays` is answered so; the script is given the customer's text. */
  always(script: Script): void;
  /** Settles when the next request has arrived. */
  nextRequest(): Promise<void>;
  /** Stops, and throws when the server was asked something it was not told, or not asked something it was. */
  close(): Promise<void>;
}

const customerMessage = z.strictObject({ customer_message: z.string() });

class FakeServer implements FakeOpenAi {
  readonly requests: SeenRequest[] = [];
  readonly #apiKey: string;
  readonly #problems: string[] = [];
  readonly #queue: FakeReply[] = [];
  #script: Script | undefined;
  readonly #arrivals = new EventEmitter();
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => {
      this.#problems.push(String(error));
      response.writeHead(400).end();
    });
  });

  constructor(apiKey: string) {
    this.#apiKey = apiKey;
  }

  async listen(): Promise<this> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return this;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  plays(...replies: FakeReply[]): void {
    this.#queue.push(...replies);
  }

  always(script: Script): void {
    this.#script = script;
  }

  async nextRequest(): Promise<void> {
    await once(this.#arrivals, 'request');
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
    if (this.#queue.length > 0) this.#problems.push(`${this.#queue.length} replies were never asked for`);
    if (this.#problems.length > 0) throw new Error(`fake OpenAI: ${this.#problems.join('; ')}`);
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await this.#read(incoming);
    this.requests.push(request);
    this.#arrivals.emit('request');
    const reply = this.#queue.shift() ?? this.#script?.(textOf(request), request);
    if (reply === undefined) throw new Error(`request ${this.requests.length} was not told of`);
    await play(reply, response);
  }

  async #read(incoming: IncomingMessage): Promise<SeenRequest> {
    const { method, url, headers } = incoming;
    if (method !== 'POST' || url !== '/v1/chat/completions') throw new Error(`${method} ${url} is unknown`);
    if (headers.authorization !== `Bearer ${this.#apiKey}`) throw new Error('the key is wrong');
    return requestSchema.parse(await json(incoming));
  }
}

/** The customer's text inside a request, or all that the user's message says when there is none. */
export const textOf = (request: SeenRequest): string => {
  const { content } = request.messages[1];
  return customerMessage.safeParse(JSON.parse(content)).data?.customer_message ?? content;
};

/** Starts a server that speaks Chat Completions over real HTTP and says only what it was told to say. */
export const startFakeOpenAi = (apiKey: string): Promise<FakeOpenAi> => new FakeServer(apiKey).listen();
