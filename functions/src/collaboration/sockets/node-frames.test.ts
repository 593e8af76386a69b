import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryRelay, createMemoryRelayHub } from '../../engines/memory/memory-relay.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createManualTimers } from '../../testing/manual-timers.ts';
import { LatestOfEach } from './cursor-frames.ts';
import { type NodeFrame, NodeFrames } from './node-frames.ts';

/** Three nodes of one desk. */
const open = () => {
  const clock = createManualClock();
  const timers = createManualTimers(clock);
  const hub = createMemoryRelayHub();
  const nodes = ['first', 'second', 'third'].map(() => {
    const relay = createMemoryRelay(hub);
    const heard: [nodeId: string, sessionIds: string[]][] = [];
    const received: NodeFrame[] = [];
    relay.subscribe(`frames:${relay.nodeId}`, (message, nodeId) => {
      heard.push([nodeId, (message as NodeFrame[]).map(({ sessionId }) => sessionId)]);
    });
    const receive = (frame: NodeFrame): void => void received.push(frame);
    const frames = new NodeFrames({ relay, clock, timers, flushMs: 40, receive });
    onTestFinished(() => frames.close());
    return { nodeId: relay.nodeId, frames, heard, received };
  });
  const [first, second, third] = nodes as [(typeof nodes)[0], (typeof nodes)[0], (typeof nodes)[0]];
  const sourceOf = (sessionId: string, ...elsewhere: string[]) => {
    const moved = new LatestOfEach();
    const source = { sessionId, nodesElsewhere: () => elsewhere, takeMoved: () => moved.take() };
    const move = (userId: string, x: number): void => {
      moved.move(userId, { x, y: 0, page: 1 });
      first.frames.due(source);
    };
    return { move };
  };
  return { timers, first, second, third, sourceOf };
};

describe('cursors on their way to other nodes', () => {
  it('[RT7] [RT12] go to the nodes of their session, those of all sessions in one message', () => {
    const { timers, first, second, third, sourceOf } = open();
    const one = sourceOf('s1', second.nodeId, third.nodeId);
    const two = sourceOf('s2', second.nodeId);
    one.move('anna', 0.1);
    two.move('ada', 0.2);
    one.move('anna', 0.3);
    timers.advance(0);
    expect(second.heard).toEqual([[first.nodeId, ['s1', 's2']]]);
    expect(third.heard).toEqual([[first.nodeId, ['s1']]]);
    expect(first.heard).toEqual([]);
    expect(second.received[0]).toEqual({
      sessionId: 's1',
      moves: [['anna', { x: 0.3, y: 0, page: 1 }]],
      drawings: [],
    });
  });

  it('[RT7] are gathered for a quarter of a frame, and the last is never left behind', () => {
    const { timers, second, sourceOf } = open();
    const one = sourceOf('s1', second.nodeId);
    one.move('anna', 0.1);
    timers.advance(0);
    one.move('anna', 0.2);
    timers.advance(9);
    expect(second.received).toHaveLength(1);
    timers.advance(1);
    expect(second.received.map(({ moves }) => moves[0]?.[1].x)).toEqual([0.1, 0.2]);
    timers.advance(100);
    expect(second.received).toHaveLength(2);
  });
});
