import type { Clock } from '../../ports/clock.ts';
import type { Relay } from '../../ports/relay.ts';
import type { Timers } from '../../ports/timers.ts';
import type { Drawing, Frame, Move } from './cursor-frames.ts';
import { FlushPace } from './flush-pace.ts';

/** What moved in one session at one node, the newest of each user. */
export interface NodeFrame {
  sessionId: string;
  moves: [userId: string, move: Move][];
  drawings: [userId: string, drawing: Drawing][];
}

/** A session with something for other nodes. */
export interface FrameSource {
  readonly sessionId: string;
  /** The other nodes that have somebody in the session. */
  nodesElsewhere(): Iterable<string>;
  /** Gives what has moved here since it was asked last. */
  takeMoved(): Frame;
}

export interface NodeFramesOptions {
  relay: Relay;
  clock: Clock;
  timers: Timers;
  /** How long the rooms gather their frames. */
  flushMs: number;
  /** Is told what moved at another node. */
  receive(frame: NodeFrame, nodeId: string): void;
}

/** What crosses is gathered for this part of a frame, because it is gathered once more where it arrives. */
const partOfFrame = 0.25;

const topicOf = (nodeId: string): string => `frames:${nodeId}`;

/**
 * Takes cursors and previews to the nodes that have somebody in their sessions: one message for all sessions that two
 * nodes share. There they join the next frame of their room, so that a socket gets as many packets as if everybody
 * were at its own node.
 */
export class NodeFrames {
  readonly #due = new Set<FrameSource>();
  readonly #pace: FlushPace;
  readonly #relay: Relay;
  readonly #hangUp: () => void;

  constructor({ relay, clock, timers, flushMs, receive }: NodeFramesOptions) {
    this.#relay = relay;
    this.#pace = new FlushPace({ clock, timers, flushMs: flushMs * partOfFrame, flush: () => this.#flush() });
    this.#hangUp = relay.subscribe(topicOf(relay.nodeId), (message, nodeId) => {
      for (const frame of message as NodeFrame[]) receive(frame, nodeId);
    });
  }

  /** There is something to take to others. */
  due(source: FrameSource): void {
    this.#due.add(source);
    this.#pace.due();
  }

  close(): void {
    this.#pace.stop();
    this.#hangUp();
  }

  #flush(): void {
    const frames = new Map<string, NodeFrame[]>();
    for (const source of this.#due) {
      const { moves, drawings } = source.takeMoved();
      const frame = { sessionId: source.sessionId, moves: [...moves], drawings: [...drawings] };
      for (const nodeId of source.nodesElsewhere()) {
        const known = frames.get(nodeId);
        if (known === undefined) frames.set(nodeId, [frame]);
        else known.push(frame);
      }
    }
    this.#due.clear();
    for (const [nodeId, list] of frames) this.#relay.publish(topicOf(nodeId), list);
  }
}
