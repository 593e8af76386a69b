import type { WebSocket } from 'ws';

/** Who takes part, as a server wants to be told. */
export interface Member {
  userId: string;
  /** Proves who it is, where somebody asks for that. */
  token: string;
  room: string;
}

/** A place on the artwork; `x` tells which move of its user it is. */
export interface Place {
  x: number;
  y: number;
}

/** Is told of every place that came in, also of those that are known already. */
export type Hear = (userId: string, x: number) => void;

/** What is sent over a socket, and what comes. */
export type Message = string | Buffer;

/** How one server wants to be spoken to. */
export interface Dialect {
  /** Path and query of the connection. */
  address(member: Member): string;
  /** Does whatever must be done before the member takes part in its room. */
  enter(socket: WebSocket, member: Member): Promise<void>;
  move(member: Member, place: Place): Message;
  /** Reads one message; `reply` is for what the protocol itself wants to be answered. */
  read(data: Buffer, hear: Hear, reply: (message: Message) => void): void;
}

/** The first message that passes, or an error when the connection ends before. */
export const awaitMessage = (socket: WebSocket, passes: (data: Buffer) => boolean): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      socket.off('message', look);
      socket.off('close', fail);
    };
    const look = (data: Buffer): void => {
      if (!passes(data)) return;
      stop();
      resolve(data);
    };
    const fail = (): void => {
      stop();
      reject(new Error('The server closed the connection.'));
    };
    socket.on('message', look);
    socket.on('close', fail);
  });
