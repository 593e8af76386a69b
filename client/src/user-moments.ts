import { LatestSender } from './latest-sender.ts';
import type { ClientEvent, PresenceStatus } from './protocol.ts';
import type { Surroundings } from './surroundings.ts';
import type { Link } from './transport.ts';
import { TypingSignal } from './typing-signal.ts';

/** Cursors and previews share 40 events a second; each of the two gets half. */
const cursorIntervalMs = 50;
/** The most points that a preview may have. */
const maximumPoints = 500;

export type Point = [x: number, y: number];

/** Every nth point, so that few enough are left, and always the last. */
const thinned = (points: readonly Point[]): Point[] => {
  const step = Math.max(1, Math.ceil(points.length / maximumPoints));
  return points.filter((_point, index) => (points.length - 1 - index) % step === 0);
};

/** What the user does that only the moment needs; said while the session is joined, and not kept for later. */
export class UserMoments {
  readonly #sessionId: string;
  readonly #latest: LatestSender<'cursor:move' | 'annotation:draw', object>;
  readonly #typing: TypingSignal;
  #link: Link | undefined;
  #status: PresenceStatus = 'active';
  #readUpTo = 0;

  constructor(sessionId: string, surroundings: Surroundings) {
    this.#sessionId = sessionId;
    this.#latest = new LatestSender(cursorIntervalMs, surroundings, (event, payload) =>
      this.#say(event, payload),
    );
    this.#typing = new TypingSignal(surroundings, (event) => this.#say(event, {}));
  }

  /** The session is joined: what lasts longer than a connection is said again. */
  begin(link: Link): void {
    this.#link = link;
    if (this.#status !== 'active') this.setStatus(this.#status);
    if (this.#readUpTo > 0) this.#say('chat:read', { seq: this.#readUpTo });
  }

  end(): void {
    this.#link = undefined;
    this.#latest.clear();
    this.#typing.clear();
  }

  moveCursor(cursor: Omit<ClientEvent<'cursor:move'>, 'sessionId'>): void {
    if (this.#link !== undefined) this.#latest.put('cursor:move', cursor);
  }

  previewDrawing(id: string, points: readonly Point[]): void {
    if (this.#link === undefined || points.length === 0) return;
    this.#latest.put('annotation:draw', { id, points: thinned(points) });
  }

  typed(): void {
    if (this.#link !== undefined) this.#typing.typed();
  }

  stoppedTyping(): void {
    this.#typing.stopped();
  }

  read(seq: number): void {
    if (seq <= this.#readUpTo) return;
    this.#readUpTo = seq;
    this.#say('chat:read', { seq });
  }

  setStatus(status: PresenceStatus): void {
    this.#status = status;
    this.#say('presence:update', { status });
  }

  #say(event: string, payload: object): void {
    this.#link?.send(event, { ...payload, sessionId: this.#sessionId });
  }
}
