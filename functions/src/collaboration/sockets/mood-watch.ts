import type { AiEngine, Analysis } from '../../ports/ai-engine.ts';
import type { LiveEvents } from '../../ports/live-events.ts';
import type { RecordReader } from '../../ports/record-store.ts';
import type { Logger } from '../../telemetry/logger.ts';

type Mood = Pick<Analysis, 'sentiment' | 'emotion' | 'urgency'>;

export interface MoodWatchOptions {
  engine: AiEngine;
  records: RecordReader;
  live: LiveEvents;
  logger: Logger;
}

const sameMood = (a: Mood, b: Mood): boolean =>
  a.sentiment === b.sentiment && a.emotion === b.emotion && a.urgency === b.urgency;

/**
 * Follows how the customer of one session feels, from what the session began with, and tells staff in the room of
 * every change (rule RT14). Messages are analysed one after the other, after their acks.
 */
export class MoodWatch {
  readonly #options: MoodWatchOptions;
  readonly #sessionId: string;
  #last: Mood | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(options: MoodWatchOptions, sessionId: string) {
    this.#options = options;
    this.#sessionId = sessionId;
  }

  heard(seq: number, body: string): void {
    const { logger } = this.#options;
    this.#work = this.#work
      .then(() => this.#compare(seq, body))
      .catch((error: unknown) => logger.warn({ err: error }, 'a message could not be analysed'));
  }

  async #compare(seq: number, body: string): Promise<void> {
    const { engine, records, live } = this.#options;
    const sessionId = this.#sessionId;
    const { sentiment, emotion, urgency } = await engine.analyze(body);
    const before = this.#last ?? (await records.get('supportSessions', sessionId));
    this.#last = { sentiment, emotion, urgency };
    if (before !== undefined && sameMood(before, this.#last)) return;
    live.publish(
      { sessionId, staffOnly: true },
      { event: 'session:insight', payload: { sessionId, seq, sentiment, emotion, urgency } },
    );
  }
}
