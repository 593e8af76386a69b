import { createClient } from 'redis';
import { AppError } from '../../errors/app-error.ts';
import { withinDeadline } from '../../ports/deadline.ts';

/** What the connection tells its operators; pino's loggers fit. */
export interface RedisLogger {
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
}

export type RedisClient = ReturnType<typeof createConfiguredClient>;

/** One Redis as all engines of a server use it: it may be gone at any time, and nobody waits for it then. */
export interface RedisConnection {
  /** Begins every key and channel, so that databases of one Redis stay apart on channels too. */
  readonly prefix: string;
  /** Whether it answered last, within the time. */
  healthy(): boolean;
  /** The answer to a command, or AppError `unavailable`: at once while Redis is gone, else in time. */
  run<Reply>(command: (client: RedisClient) => Promise<Reply>): Promise<Reply>;
  /** Receives what is published on a channel; takes effect when Redis is there, and again after it was gone. */
  subscribe(channel: string, listener: (text: string) => void): void;
  unsubscribe(channel: string): void;
  /** Is called whenever Redis is back after it was gone: what was published meanwhile was missed. */
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

const gone = (cause?: unknown): AppError =>
  new AppError('unavailable', 'Redis does not answer. Try again.', { retryAfterMs: 1_000, cause });

class GuardedRedis implements RedisConnection {
  readonly prefix: string;
  readonly #commands: RedisClient;
  readonly #subscriptions: RedisClient;
  readonly #listeners = new Set<() => void>();
  /** Channels whose subscription must be asked for again. */
  readonly #unheard = new Map<string, (text: string) => void>();
  readonly #logger: RedisLogger;
  readonly #commandMs: number;
  readonly #probe: NodeJS.Timeout;
  #answers = false;
  #closed = false;

  constructor({ url, logger, commandMs = 250, probeEveryMs = 500 }: RedisOptions) {
    this.prefix = `proofdesk:${databaseOf(url)}:`;
    this.#logger = logger;
    this.#commandMs = commandMs;
    this.#commands = createConfiguredClient(url, false);
    this.#subscriptions = createConfiguredClient(url, true);
    for (const client of [this.#commands, this.#subscriptions]) {
      client.on('error', (error: unknown) => this.#lost(error));
      client.on('ready', () => void this.#look());
      // Reconnecting has no end, so this promise says nothing that the events do not.
      client.connect().catch(() => undefined);
    }
    this.#probe = setInterval(() => {
      if (!this.#answers) void this.#look();
    }, probeEveryMs);
    this.#probe.unref();
  }

  healthy(): boolean {
    return this.#answers;
  }

  async run<Reply>(command: (client: RedisClient) => Promise<Reply>): Promise<Reply> {
    if (!this.#answers) throw gone();
    try {
      return await withinDeadline({ limitMs: this.#commandMs }, () => command(this.#commands));
    } catch (error) {
      this.#lost(error);
      throw gone(error);
    }
  }

  subscribe(channel: string, listener: (text: string) => void): void {
    this.#subscriptions.subscribe(channel, listener).catch((error: unknown) => {
      // A request that a broken connection took along is not repeated by the client.
      this.#unheard.set(channel, listener);
      this.#lost(error);
    });
  }

  unsubscribe(channel: string): void {
    if (this.#unheard.delete(channel) || this.#closed) return;
    this.#subscriptions.unsubscribe(channel).catch((error: unknown) => this.#lost(error));
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
    this.#answers = false;
    clearInterval(this.#probe);
    this.#commands.destroy();
    this.#subscriptions.destroy();
  }

  /** Asks both connections for a sign of life; they are back when both give one. */
  async #look(): Promise<void> {
    if (this.#closed || this.#answers) return;
    if (!this.#commands.isReady || !this.#subscriptions.isReady) return;
    const unheard = [...this.#unheard];
    this.#unheard.clear();
    for (const [channel, listener] of unheard) this.subscribe(channel, listener);
    try {
      await withinDeadline({ limitMs: this.#commandMs }, () =>
        Promise.all([this.#commands.ping(), this.#subscriptions.ping()]),
      );
    } catch {
      return;
    }
    if (this.#closed || this.#answers) return;
    this.#answers = true;
    this.#logger.info({}, 'Redis answers');
    for (const listener of [...this.#listeners]) listener();
  }

  #lost(error: unknown): void {
    if (this.#closed || !this.#answers) return;
    this.#answers = false;
    this.#logger.warn({ err: error }, 'Redis does not answer: this server goes on by itself');
  }
}

/** Opens the connection; Redis need not be there yet. Waits for the first answer, but not for long. */
export const openRedis = async (options: RedisOptions): Promise<RedisConnection> => {
  const connection = new GuardedRedis(options);
  const answered = new Promise<void>((resolve) => {
    connection.onReturn(resolve);
  });
  await withinDeadline({ limitMs: 1_000 }, () => answered).catch(() =>
    options.logger.warn({}, 'Redis does not answer yet: this server begins by itself'),
  );
  return connection;
};
