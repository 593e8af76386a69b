import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Relay } from './relay.ts';

/** Relays of one engine that are to hear each other, and one more of another desk. */
export interface RelaysUnderTest {
  relays: readonly [Relay, Relay, Relay];
  stranger: Relay;
  /** Fulfilled when every subscription made so far is in force and everything published so far was delivered. */
  settle(): Promise<void>;
}

/** What every engine of the relay must do. */
export const describeRelay = (engine: string, create: () => Promise<RelaysUnderTest>): void => {
  describe(`relay: ${engine}`, () => {
    let subject: RelaysUnderTest;
    const heardBy = (relay: Relay, topic = 'room:1') => {
      const heard: unknown[] = [];
      const stop = relay.subscribe(topic, (message, nodeId) => heard.push([message, nodeId]));
      return { heard, stop };
    };

    beforeEach(async () => {
      subject = await create();
    });
    afterEach(async () => {
      await Promise.all([...subject.relays, subject.stranger].map((relay) => relay.close()));
    });

    it('[RT12] what a node says reaches every other node once, and not itself', async () => {
      const [first, second, third] = subject.relays;
      const each = subject.relays.map((relay) => heardBy(relay));
      await subject.settle();
      first.publish('room:1', { seq: 7, moves: [['a', 0.5, 1]] });
      await subject.settle();
      const said = [{ seq: 7, moves: [['a', 0.5, 1]] }, first.nodeId];
      expect(each.map(({ heard }) => heard)).toEqual([[], [said], [said]]);
      expect(new Set([first.nodeId, second.nodeId, third.nodeId]).size).toBe(3);
    });

    it('[RT12] keeps the order of one node', async () => {
      const [first, second] = subject.relays;
      const { heard } = heardBy(second);
      await subject.settle();
      const numbers = Array.from({ length: 500 }, (_, index) => index);
      for (const number of numbers) first.publish('room:1', number);
      await subject.settle();
      expect(heard.map((told) => (told as unknown[])[0])).toEqual(numbers);
    });

    it('[RT12] keeps topics and desks apart', async () => {
      const [first, second] = subject.relays;
      const { heard } = heardBy(second);
      const elsewhere = heardBy(subject.stranger);
      await subject.settle();
      first.publish('room:2', 'another topic');
      first.publish('room:1', 'this one');
      await subject.settle();
      expect(heard).toEqual([['this one', first.nodeId]]);
      expect(elsewhere.heard).toEqual([]);
    });

    it('[RT12] tells nobody who has stopped listening, and goes on telling the others', async () => {
      const [first, second] = subject.relays;
      const stopped = heardBy(second);
      const listening = heardBy(second);
      await subject.settle();
      stopped.stop();
      stopped.stop();
      await subject.settle();
      first.publish('room:1', 'hello');
      await subject.settle();
      expect(stopped.heard).toEqual([]);
      expect(listening.heard).toEqual([['hello', first.nodeId]]);
    });

    it('[RT12] can be listened to again on a topic that was given up', async () => {
      const [first, second] = subject.relays;
      heardBy(second).stop();
      const again = heardBy(second);
      await subject.settle();
      first.publish('room:1', 'hello');
      await subject.settle();
      expect(again.heard).toEqual([['hello', first.nodeId]]);
    });

    it('[EN1] says and tells nothing after it was closed, and closes twice without harm', async () => {
      const [first, second] = subject.relays;
      const { heard } = heardBy(second);
      await subject.settle();
      await first.close();
      first.publish('room:1', 'too late');
      await subject.settle();
      expect(heard).toEqual([]);
      await expect(first.close()).resolves.toBeUndefined();
    });
  });
};
