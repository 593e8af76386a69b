import type { IncomingMessage } from 'node:http';

/** What is used of an engine.io connection before it has become a socket. */
interface EngineConnection {
  request: IncomingMessage;
  once(event: 'close', listener: () => void): void;
}

/** Knows the open connections by address, authenticated or not. */
export const trackConnections = (addressOf: (request: IncomingMessage) => string) => {
  const counts = new Map<string, number>();
  let open = 0;
  let whenNone = () => {};
  const remove = (address: string): void => {
    const left = (counts.get(address) ?? 1) - 1;
    if (left === 0) counts.delete(address);
    else counts.set(address, left);
    open -= 1;
    if (open === 0) whenNone();
  };
  return {
    countOf: (request: IncomingMessage) => counts.get(addressOf(request)) ?? 0,
    add: (connection: EngineConnection) => {
      const address = addressOf(connection.request);
      counts.set(address, (counts.get(address) ?? 0) + 1);
      open += 1;
      connection.once('close', () => remove(address));
    },
    none: () =>
      new Promise<void>((resolve) => {
        whenNone = resolve;
        if (open === 0) resolve();
      }),
  };
};
