import { Connection, type Reply } from '../http/connection.ts';

/** One customer's connection; opened again after it broke. */
export class Line {
  readonly #url: string;
  #connection: Connection | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** The reply; undefined when the connection could not be made or broke. */
  async exchange(request: string): Promise<Reply | undefined> {
    try {
      this.#connection ??= await Connection.open(this.#url);
      return await this.#connection.exchange(request);
    } catch {
      this.close();
      return undefined;
    }
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }
}
