import { createClient } from 'redis';
import { AppError } from '../../errors/app-error.ts';
import { withinDeadline } from '../../ports/deadline.ts';
import { judgeRedisFailure } from './redis-failure.ts';

/** What the connection tells its operators; pino's loggers fit. */
export interface RedisLogger {
  error(details: object, message: string): void;
  warn(details: object, message: string): void;
  info(details: object, message: string): void;
}

export interface RedisOptions {
  /** `redis[s]://[[user][:password]@]host[:port][/database]`; never logged. */
  url: string;
  logger: RedisLogger;
  /** Longest wait for one answer; after it Redis counts as gone until it answers a probe. */
  commandMs?: number;
  /** How often a Redis that is gone is probed. */
  probeEveryMs?: number;
  /** How long one that refuses is let alone: what is full may be so again and again. */
  restMs?: number;
}

export type RedisClient = ReturnType<typeof createConfiguredClient>;

/** One Redis as all engines of a server use it: it may be gone at any time, and nobody waits for it then. */
export interface RedisConnection {
  /** Begins every key and channel, so that databases of one Redis stay apart on channels too. */
  readonly prefix: string;
  /** Whether it answered last, within the time. */
  healthy(): boolean;
  /** The answer to a command, or AppError `unavailable`: at once while Redis is gone or refuses, else in time. */
  run<Reply>(command: (client: RedisClient) => Promise<Reply>): Promise<Reply>;
  /** Tells a channel, also while Redis refuses what it would have to keep; nobody hears whether it came through. */
  publish(channel: string, text: string): void;
  /** Receives what is published on a channel; takes effect when Redis is there, and again after it was gone. */
  subscribe(channel: string, listener: (text: string) => void): void;
  unsubscribe(channel: string): void;
  /** Is called whenever Redis is back after it was gone or refused: what was published meanwhile may be missed. */
  onReturn(listener: () => void): () => void;
  close(): Promise<void>;
}

const longestReconnectMs = 1_000;

const createConfiguredClient = (url: string, queueWhileGone: boolean) =>
  createClient({
    url,
    disableOfflineQueue: !queueWhileGone,
    socket: {
      connectTimeout: 2_000,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 10), longestReconnectMs),
    },
  });

const databaseOf = (url: string): string => new URL(url).pathname.slice(1) || '0';

const unusable = (cause?: unknown): AppError =>
  new AppError('unavailable', 'Redis cannot be used right now. Try again.', { retryAfterMs: 1_000, cause });

class GuardedRedis implements RedisConnection {
  readonly prefix: string;
  readonly #commands: RedisClient;
  readonly #subscriptions: RedisClient;
  readonly #listeners = new Set<() => void>();
  /** Channels whose subscription must be asked for again. */
  readonly #unheard = new Map<string, (text: string) => void>();
  readonly #logger: RedisLogger;
  readonly #commandMs: number;
  readonly #restMs: number;
  readonly #probe: NodeJS.Timeout;
  /** What was said since Redis was well; nothing is said twice. */
  readonly #said = new Set<string>();
  #state: 'answers' | 'refuses' | 'gone' = 'gone';
  #restsUntil = 0;
  #closed = false;

  constructor({ url, logger, commandMs = 250, probeEveryMs = 500, restMs = 10_000 }: RedisOptions) {
    this.prefix = `proofdesk:${databaseOf(url)}:`;
    this.#logger = logger;
    this.#commandMs = commandMs;
    this.#restMs = restMs;
    this.#commands = createConfiguredClient(url, false);
    this.#subscriptions = createConfiguredClient(url, true);
    for (const client of [this.#commands, this.#subscriptions]) {
      client.on('error', (error: unknown) => this.#failed(error));
      client.on('ready', () => void this.#look());
      // Reconnecting has no end, so this promise says nothing that the events do not.
      client.connect().catch(() => undefined);
    }
    this.#probe = setInterval(() => {
      if (performance.now() >= this.#restsUntil) void this.#look();
    }, probeEveryMs);
    this.#probe.unref();
  }

  healthy(): boolean {
    return this.#state === 'answers';
  }

  async run<Reply>(command: (client: RedisClient) => Promise<Reply>): Promise<Reply> {
    if (!this.healthy()) throw unusable();
    try {
      return await withinDeadline({ limitMs: this.#commandMs }, () => command(this.#commands));
    } catch (error) {
      this.#failed(error);
      throw unusable(error);
    }
  }

  publish(channel: string, text: string): void {
    if (this.#state === 'gone') return;
    const publishing = () => this.#commands.publish(channel, text);
    withinDeadline({ limitMs: this.#commandMs }, publishing).catch((error: unknown) => this.#failed(error));
  }

  subscribe(channel: string, listener: (text: string) => void): void {
    this.#subscriptions.subscribe(channel, listener).catch((error: unknown) => {
      // A request that a broken connection took along is not repeated by the client.
      this.#unheard.set(channel, listener);
      this.#failed(error);
    });
  }

  unsubscribe(channel: string): void {
    if (this.#unheard.delete(channel) || this.#closed) return;
    this.#subscriptions.unsubscribe(channel).catch((error: unknown) => this.#failed(error));
  }

  onReturn(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#state = 'gone';
    clearInterval(this.#probe);
    this.#commands.destroy();
    this.#subscriptions.destroy();
  }

  /** Waits for the first answer, but not for long. */
  async begin(): Promise<void> {
    const answered = new Promise<void>((resolve) => {
      this.onReturn(resolve);
    });
    await withinDeadline({ limitMs: 1_000 }, () => answered).catch((error: unknown) => {
      if (this.#said.size === 0) this.#failed(error);
    });
  }

  /**
   * Asks both connections for a sign of life; they are back when both give one. It is a write, because a server
   * that refuses those answers a ping all the same.
   */
  async #look(): Promise<void> {
    if (this.#closed || this.healthy()) return;
    if (!this.#commands.isReady || !this.#subscriptions.isReady) return;
    const unheard = [...this.#unheard];
    this.#unheard.clear();
    for (const [channel, listener] of unheard) this.subscribe(channel, listener);
    const write = () => this.#commands.set(`${this.prefix}probe`, '', { PX: 1_000 });
    try {
      await withinDeadline({ limitMs: this.#commandMs }, () =>
        Promise.all([write(), this.#subscriptions.ping()]),
      );
    } catch (error) {
      this.#failed(error);
      return;
    }
    if (this.#closed || this.healthy()) return;
    this.#state = 'answers';
    this.#said.clear();
    this.#logger.info({}, 'Redis answers');
    for (const listener of [...this.#listeners]) listener();
  }

  /** A command that was not taken says nothing of how the server is; whoever gave it goes on without. */
  #failed(error: unknown): void {
    if (this.#closed) return;
    const { kind, text } = judgeRedisFailure(error);
    if (kind === 'refuses' && this.healthy()) this.#restsUntil = performance.now() + this.#restMs;
    if (kind !== 'fault') this.#state = kind;
    if (this.#said.has(text)) return;
    this.#said.add(text);
    this.#logger[kind === 'fault' ? 'error' : 'warn']({ err: error }, text);
  }
}

/** Opens the connection; Redis need not be there yet. */
export const openRedis = async (options: RedisOptions): Promise<RedisConnection> => {
  const connection = new GuardedRedis(options);
  await connection.begin();
  return connection;
};
