import type { Socket } from 'socket.io-client';

/** The next event of a name; everything that was sent before it has been received then. */
export const next = <Payload>(socket: Socket, event: string): Promise<Payload> =>
  new Promise((resolve) => socket.once(event, resolve));
