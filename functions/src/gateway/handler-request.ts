import type { Readable } from 'node:stream';
import type { Identity } from '../ports/identity.ts';
import type { Exchange } from './exchange.ts';
import type { OperationRequest } from './operation.ts';

/** The parts of a request after validation; each has the type that the operation's schema gives it. */
export interface ParsedParts {
  params: unknown;
  query: unknown;
  body: unknown;
  rawBody?: Buffer | undefined;
}

/** What a handler is given. The abort signal is made when it is asked for: most handlers never do. */
export class HandlerRequest implements OperationRequest<Identity | undefined, never, never, never> {
  readonly user: Identity | undefined;
  readonly token: string | undefined;
  readonly ip: string;
  readonly params: never;
  readonly query: never;
  readonly body: never;
  readonly rawBody: Buffer | undefined;
  readonly #exchange: Exchange;
  readonly #file: Readable | undefined;
  #signal: AbortSignal | undefined;

  constructor(exchange: Exchange, parts: ParsedParts, file?: Readable) {
    this.#exchange = exchange;
    this.#file = file;
    this.user = exchange.identity;
    this.token = exchange.token;
    this.ip = exchange.address;
    this.params = parts.params as never;
    this.query = parts.query as never;
    this.body = parts.body as never;
    this.rawBody = parts.rawBody;
    this.header = this.header.bind(this);
  }

  get file(): Readable {
    if (this.#file === undefined) throw new Error('The operation is not described as taking a file.');
    return this.#file;
  }

  get accept(): string | undefined {
    return this.#exchange.request.headers.accept;
  }

  header(name: string): string | undefined {
    const value = this.#exchange.request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  get signal(): AbortSignal {
    this.#signal ??= this.#createSignal();
    return this.#signal;
  }

  #createSignal(): AbortSignal {
    const { response } = this.#exchange;
    const controller = new AbortController();
    const abortUnlessFinished = () => {
      if (!response.writableFinished) controller.abort();
    };
    if (response.destroyed) abortUnlessFinished();
    else response.on('close', abortUnlessFinished);
    return controller.signal;
  }
}
