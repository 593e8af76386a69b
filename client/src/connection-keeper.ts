import { Backoff } from './backoff.ts';
import type { RefusedAck } from './protocol.ts';
import { isAboutToken, refusalOfToken } from './refusal.ts';
import type { Surroundings } from './surroundings.ts';
import type { Tokens } from './tokens.ts';
import type { Connect, Handshake, Link } from './transport.ts';

/** A connection that is neither open nor refused by then is given up, whatever it waits for. */
const openTimeoutMs = 15_000;

export interface ConnectionKeeperOptions {
  connect: Connect;
  tokens: Tokens;
  surroundings: Surroundings;
  handshake: Omit<Handshake, 'token'>;
  /** A connection is there. */
  opened(link: Link): void;
  received(event: string, payload: unknown): void;
  /** It is gone, or could not be had; another one is tried after a while. */
  lost(): void;
  connecting(): void;
  /** Trying again would not help. */
  failed(refusal: RefusedAck): void;
}

/** Keeps one connection open: tries again with growing waits, and once with a fresh token when one is refused. */
export class ConnectionKeeper {
  readonly #options: ConnectionKeeperOptions;
  readonly #backoff: Backoff;
  #link: Link | undefined;
  #cancelRetry: (() => void) | undefined;
  #cancelTimeout: (() => void) | undefined;
  /** Rises with every attempt, so that what belongs to an earlier one is not heard. */
  #attempt = 0;
  #isRunning = false;
  #needsFresh = false;

  constructor(options: ConnectionKeeperOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.surroundings.random);
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#backoff.reset();
    void this.#open();
  }

  stop(): void {
    this.#isRunning = false;
    this.#letGo();
  }

  /** Does not wait any longer when it waits to try again. */
  retryNow(): void {
    if (this.#cancelRetry === undefined) return;
    this.#letGo();
    void this.#open();
  }

  /** Gives the connection up for another one. */
  reconnect(): void {
    if (!this.#isRunning) return;
    this.#letGo();
    this.#options.lost();
    this.#retryLater();
  }

  /** The token in use is no good any more. */
  tokenEnded(): void {
    this.#needsFresh = true;
  }

  /** The connection has proved to be useful: the next waits begin short again. */
  proved(): void {
    this.#backoff.reset();
    this.#needsFresh = false;
  }

  #letGo(): void {
    this.#attempt += 1;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#stopTimeout();
    this.#link?.close();
    this.#link = undefined;
  }

  /** Whatever the attempt waited for has come, or is not wanted any more. */
  #stopTimeout(): void {
    this.#cancelTimeout?.();
    this.#cancelTimeout = undefined;
  }

  async #open(): Promise<void> {
    const { connect, tokens, handshake, connecting, surroundings } = this.#options;
    this.#cancelTimeout = surroundings.after(openTimeoutMs, () => this.reconnect());
    this.#attempt += 1;
    const attempt = this.#attempt;
    const isFresh = this.#needsFresh;
    connecting();
    let token: string;
    try {
      token = await tokens.get(isFresh);
    } catch (error) {
      if (attempt === this.#attempt) this.#closed(refusalOfToken(error), true);
      return;
    }
    if (attempt !== this.#attempt) return;
    const isCurrent = () => attempt === this.#attempt;
    const link = connect(
      { ...handshake, token },
      {
        opened: () => {
          if (!isCurrent()) return;
          this.#stopTimeout();
          this.#options.opened(link);
        },
        received: (event, payload) => {
          if (isCurrent()) this.#options.received(event, payload);
        },
        closed: (refusal) => {
          if (isCurrent()) this.#closed(refusal, isFresh);
        },
      },
    );
    this.#link = link;
  }

  #closed(refusal: RefusedAck | undefined, wasFresh: boolean): void {
    this.#letGo();
    const { tokens, lost } = this.#options;
    const mayHelp = refusal !== undefined && isAboutToken(refusal) && tokens.renewable && !wasFresh;
    if (mayHelp) {
      this.#needsFresh = true;
      void this.#open();
    } else if (refusal !== undefined && !refusal.retryable) this.#fail(refusal);
    else {
      lost();
      this.#retryLater(refusal?.retryAfterMs);
    }
  }

  #fail(refusal: RefusedAck): void {
    this.#isRunning = false;
    this.#options.failed(refusal);
  }

  #retryLater(retryAfterMs?: number): void {
    this.#cancelRetry = this.#options.surroundings.after(this.#backoff.next(retryAfterMs), () => {
      this.#cancelRetry = undefined;
      void this.#open();
    });
  }
}
