/**
 * Gives the token to connect with. `fresh`: the one given before was refused or ends soon, so another one is
 * needed. May fail: with an error whose `retryable` is false when the user has to sign in again.
 */
export type GetToken = (request: { fresh: boolean }) => string | Promise<string>;

export interface TokenOptions {
  /** A token that is given once; `renew` puts another in its place. */
  token?: string | undefined;
  /** Called for every connection, and again before the token ends. */
  getToken?: GetToken | undefined;
}

/** Where tokens come from: one that was given, or somebody to ask. */
export class Tokens {
  #given: string | undefined;
  readonly #getToken: GetToken | undefined;

  constructor({ token, getToken }: TokenOptions) {
    this.#given = token;
    this.#getToken = getToken;
  }

  /** Whether another token can be had without asking the user. */
  get renewable(): boolean {
    return this.#getToken !== undefined;
  }

  async get(fresh: boolean): Promise<string> {
    if (this.#getToken !== undefined) return this.#getToken({ fresh });
    return this.#given ?? '';
  }

  replace(token: string): void {
    this.#given = token;
  }
}
