import { Pool, type PoolClient, type QueryArrayConfig, types } from 'pg';
import { withinDeadline } from '../../ports/deadline.ts';
import type { SqlRow } from '../sql/record-codec.ts';
import { DatabaseFailure } from './failure.ts';

/** What a parameter may be: one value, or a column of many rows. */
export type Parameter = string | number | null | readonly (string | number | null)[];

/** Sends a statement and gives its rows; fails with a DatabaseFailure. */
export type RunStatement = (text: string, values?: readonly Parameter[]) => Promise<SqlRow[]>;

export interface ConnectionsOptions {
  /** `postgres://user:password@host:port/database`; holds a secret. */
  url: string;
  /** How long a statement may take before it is given up, by the server and by this side; 5000 by default. */
  statementTimeoutMs?: number | undefined;
  /** Connections of this process; 10 by default. */
  connections?: number | undefined;
}

const defaultStatementTimeoutMs = 5000;
const defaultConnections = 10;
/** Also how long a request waits while all connections are busy. */
const connectTimeoutMs = 3000;
/** The server ends a statement first, so that this side keeps its connection; it only answers for a dead server. */
const clientGraceMs = 1000;
/** A node that stands still inside a transaction holds its locks no longer than this. */
const idleInTransactionMs = 5000;
const idleConnectionMs = 30_000;
const closeWithinMs = 3000;

/** Whole numbers stay below 2^53 here, so that they need not be read as texts. */
const parsers = {
  getTypeParser: (oid: number) =>
    oid === types.builtins.INT8 ? Number : (types.getTypeParser(oid) as (text: string) => unknown),
};

/** Statements are prepared once on each connection, under names that are shorter than their texts. */
const createNames = () => {
  const names = new Map<string, string>();
  return (text: string): string => {
    const known = names.get(text);
    if (known !== undefined) return known;
    const name = `s${names.size + 1}`;
    names.set(text, name);
    return name;
  };
};

const runOn = (client: PoolClient | Pool, nameOf: (text: string) => string): RunStatement => {
  return async (text, values = []) => {
    const named = values.length > 0 ? { name: nameOf(text) } : {};
    try {
      const query: QueryArrayConfig<Parameter[]> = { ...named, text, values: [...values], rowMode: 'array' };
      const { rows } = await client.query<(string | number | null)[]>(query);
      return rows;
    } catch (error) {
      throw new DatabaseFailure(error);
    }
  };
};

/** The connections of one process to one database. A broken one is replaced when the next is wanted. */
export class Connections {
  readonly #pool: Pool;
  readonly #nameOf = createNames();
  /** Runs one statement on any connection, in a transaction of its own. */
  readonly run: RunStatement;

  constructor({ url, statementTimeoutMs = defaultStatementTimeoutMs, connections }: ConnectionsOptions) {
    this.#pool = new Pool({
      connectionString: url,
      max: connections ?? defaultConnections,
      connectionTimeoutMillis: connectTimeoutMs,
      idleTimeoutMillis: idleConnectionMs,
      statement_timeout: statementTimeoutMs,
      lock_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + clientGraceMs,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      keepAlive: true,
      application_name: 'proofdesk',
      // Statements that do not wait for each other go out together; each still fails by itself.
      pipeline: true,
      types: parsers,
    });
    // A connection that breaks while nobody uses it is replaced by the pool; whoever uses one hears of it.
    this.#pool.on('error', () => undefined);
    this.run = runOn(this.#pool, this.#nameOf);
  }

  /** Lends one connection for several statements; after a failure it is not used again. */
  async lend<Result>(work: (run: RunStatement) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw new DatabaseFailure(error);
    });
    // Without a listener a connection that breaks between two statements would end the process.
    const onError = (): void => undefined;
    client.on('error', onError);
    try {
      const result = await work(runOn(client, this.#nameOf));
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    } finally {
      client.off('error', onError);
    }
  }

  /** Lets go of everything; a server that does not answer is not waited for. */
  async close(): Promise<void> {
    await withinDeadline({ limitMs: closeWithinMs }, () => this.#pool.end()).catch(() => undefined);
  }
}
