import { newId } from '../../ids/new-id.ts';
import type { Relay, RelayListener } from '../../ports/relay.ts';
import type { RedisConnection } from './redis-connection.ts';

/** Messages over Redis' channels: one channel a topic, so that a node hears only of the rooms it has open. */
export const createRedisRelay = (redis: RedisConnection): Relay => {
  const nodeId = newId();
  const topics = new Map<string, Set<RelayListener>>();
  const returns = new Set<() => void>();
  let closed = false;
  const channelOf = (topic: string) => `${redis.prefix}relay:${topic}`;

  const receive = (listeners: ReadonlySet<RelayListener>, text: string): void => {
    const [from, message] = JSON.parse(text) as [string, unknown];
    if (from === nodeId) return;
    for (const listener of listeners) listener(message, from);
  };

  const open = (topic: string): Set<RelayListener> => {
    const listeners = new Set<RelayListener>();
    topics.set(topic, listeners);
    redis.subscribe(channelOf(topic), (text) => receive(listeners, text));
    return listeners;
  };

  const giveUp = (topic: string): void => {
    topics.delete(topic);
    redis.unsubscribe(channelOf(topic));
  };

  return {
    nodeId,
    publish: (topic, message) => {
      if (closed) return;
      const text = JSON.stringify([nodeId, message]);
      // What is said while Redis is gone is missed; those who may have missed it hear of the gap.
      redis.publish(channelOf(topic), text);
    },
    subscribe: (topic, listener) => {
      const own: RelayListener = (...told) => listener(...told);
      const listeners = (topics.get(topic) ?? open(topic)).add(own);
      return () => {
        if (listeners.delete(own) && listeners.size === 0 && topics.get(topic) === listeners) giveUp(topic);
      };
    },
    onGap: (listener) => {
      const stop = redis.onReturn(listener);
      returns.add(stop);
      return () => {
        returns.delete(stop);
        stop();
      };
    },
    close: async () => {
      closed = true;
      for (const stop of returns) stop();
      for (const topic of [...topics.keys()]) giveUp(topic);
    },
  };
};
