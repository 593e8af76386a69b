import { ask } from './ask.ts';
import type { RefusedAck } from './protocol.ts';
import { isRefused, refusalOfToken } from './refusal.ts';
import type { Surroundings } from './surroundings.ts';
import type { Tokens } from './tokens.ts';
import type { Link } from './transport.ts';

/** The server warns a minute before the end, which leaves time for some attempts. */
const retryMs = 5_000;

export interface TokenRenewalOptions {
  tokens: Tokens;
  surroundings: Surroundings;
  /** A fresh token could not be had, or was refused; without one the connection ends with the old one. */
  warn(refusal: RefusedAck): void;
}

/** Puts a fresh token under a connection before its old one ends, so that nothing is interrupted. */
export class TokenRenewal {
  readonly #options: TokenRenewalOptions;
  #link: Link | undefined;
  #cancelRetry: (() => void) | undefined;

  constructor(options: TokenRenewalOptions) {
    this.#options = options;
  }

  begin(link: Link): void {
    this.end();
    this.#link = link;
  }

  end(): void {
    this.#link = undefined;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
  }

  /** Asks for a fresh token and sends it; does nothing when there is nobody to ask. */
  async renew(): Promise<void> {
    const { tokens } = this.#options;
    const link = this.#link;
    if (!tokens.renewable) return;
    try {
      const token = await tokens.get(true);
      if (this.#link === link) this.send(token);
    } catch (error) {
      if (this.#link === link) this.#failed(refusalOfToken(error));
    }
  }

  send(token: string): void {
    const link = this.#link;
    if (link === undefined) return;
    ask(link, this.#options.surroundings, 'auth:renew', { token }, (answer) => {
      if (this.#link === link && isRefused(answer)) this.#failed(answer);
    });
  }

  #failed(refusal: RefusedAck): void {
    this.#options.warn(refusal);
    if (!refusal.retryable || !this.#options.tokens.renewable) return;
    this.#cancelRetry?.();
    this.#cancelRetry = this.#options.surroundings.after(
      refusal.retryAfterMs ?? retryMs,
      () => void this.renew(),
    );
  }
}
