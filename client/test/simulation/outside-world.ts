import type { LiveEvents } from '../../../functions/src/ports/live-events.ts';
import type { RecordStore, Transaction } from '../../../functions/src/ports/record-store.ts';
import type { NewLogEntry, SupportSession } from '../../../functions/src/ports/records.ts';
import { withSessionNews } from '../../../functions/src/support/sessions/session-news.ts';
import { sampleSession } from '../../../functions/src/testing/support-session.ts';
import type { UnderWay } from './faulty-store.ts';
import type { Participation } from './participation.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Watch } from './watch.ts';

export interface OutsideWorldOptions {
  store: RecordStore;
  /** Of the server that is asked to do it. */
  live(): LiveEvents;
  time: VirtualTime;
  watch: Watch;
  underWay: UnderWay;
  participation: Participation;
}

const readerOf = (store: RecordStore): Omit<RecordStore, 'transaction'> => ({
  get: (collection, id) => store.get(collection, id),
  list: (collection, query) => store.list(collection, query),
  write: (work) => store.write(work),
  healthy: () => store.healthy(),
  close: () => store.close(),
});

/** What the rest of the product writes to sessions and their logs, in transactions that always succeed. */
export class OutsideWorld {
  readonly #options: OutsideWorldOptions;
  #made = 0;

  constructor(options: OutsideWorldOptions) {
    this.#options = options;
  }

  async open(id: string, customerId: string, agentId: string): Promise<void> {
    const { store, participation } = this.#options;
    const {
      duration: _,
      resolution: __,
      endedAt: ___,
      ...open
    } = sampleSession({ status: 'active', type: 'video-call' });
    await store.write((writer) =>
      writer.create('supportSessions', { ...open, id, customerId, agentId, epoch: `${id}-epoch-0` }),
    );
    participation.open(id, customerId, agentId);
  }

  say(sessionId: string, body: string, visibility: 'public' | 'staff'): Promise<void> {
    const entry = { kind: 'message', authorId: 'system', visibility, data: { body } } as const;
    return this.#write(sessionId, [{ ...entry, subjectId: `${sessionId}-said-${this.#next()}` }]);
  }

  /** Another agent gets the session; gives its id. */
  async handOver(sessionId: string, agentId: string): Promise<void> {
    const common = { authorId: 'dora', data: { agentId } } as const;
    const { participation } = this.#options;
    await this.#write(
      sessionId,
      [
        { ...common, kind: 'transferred', visibility: 'staff' },
        { ...common, kind: 'assigned', visibility: 'public' },
      ],
      { agentId },
      (seq) => participation.handOver(sessionId, seq, agentId),
    );
  }

  end(sessionId: string): Promise<void> {
    const entry = { kind: 'ended', authorId: 'dora', visibility: 'public', data: {} } as const;
    return this.#write(sessionId, [entry], { status: 'completed' });
  }

  /** As a restore does, or the erasure of somebody: what is known of the log is void. */
  async renewEpoch(sessionId: string): Promise<void> {
    const { store } = this.#options;
    const epoch = `${sessionId}-epoch-${this.#next()}`;
    await this.#really(async () => {
      await store.transaction(async (transaction) => {
        const session = await transaction.get('supportSessions', sessionId);
        if (session !== undefined) transaction.put('supportSessions', { ...session, epoch });
      });
    });
  }

  #next(): number {
    this.#made += 1;
    return this.#made;
  }

  async #write(
    sessionId: string,
    entries: readonly NewLogEntry[],
    change: Partial<SupportSession> = {},
    written: (seq: number) => void = () => {},
  ): Promise<void> {
    const { store, live, watch, time } = this.#options;
    const work = async (transaction: Transaction) => {
      const session = await transaction.get('supportSessions', sessionId);
      if (session === undefined) throw new Error(`there is no ${sessionId}`);
      transaction.put('supportSessions', { ...session, ...change });
      return transaction.append(sessionId, new Date(time.wall).toISOString(), entries);
    };
    // What was written is known before anybody is told of it.
    const noting: RecordStore['transaction'] = async (asked) => {
      const placed = await store.transaction(asked);
      const own = placed as Awaited<ReturnType<typeof work>>;
      watch.committed(own);
      written(own[0]?.seq ?? 0);
      return placed;
    };
    const telling = withSessionNews({ ...readerOf(store), transaction: noting }, live());
    await this.#really(async () => void (await telling.transaction(work)));
  }

  async #really(work: () => Promise<void>): Promise<void> {
    const { underWay } = this.#options;
    underWay.count += 1;
    try {
      await work();
    } finally {
      underWay.count -= 1;
    }
  }
}
