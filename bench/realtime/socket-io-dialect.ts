import type { WebSocket } from 'ws';
import { awaitMessage, type Dialect, type Hear, type Member } from './dialect.ts';

/** Engine.IO 4 over WebSocket alone; what Socket.IO 5 says in it begins with `4`. */
const address = () => '/socket.io/?EIO=4&transport=websocket';
const ping = '2'.charCodeAt(0);
const opening = '40';
const event = '42';
const ack = '43';
/** Where an event's name begins, behind `42["`. */
const nameAt = event.length + 2;

/** Acks of what is sent while entering have numbers that no later event has. */
const enteringAck = 0;
export const firstAck = 1;

const connect = async (socket: WebSocket, auth: object): Promise<void> => {
  const answered = awaitMessage(socket, (data) => /^4[04]/.test(data.toString()));
  socket.send(`${opening}${JSON.stringify(auth)}`);
  const answer = (await answered).toString();
  if (!answer.startsWith(opening)) throw new Error(`The connection was refused: ${answer}`);
};

/** Sends an event that must be answered with `ok` before anything else happens. */
const demand = async (socket: WebSocket, name: string, payload: unknown): Promise<void> => {
  const prefix = `${ack}${enteringAck}[`;
  const answered = awaitMessage(socket, (data) => data.toString().startsWith(prefix));
  socket.send(demandText(enteringAck, name, payload));
  const answer = (await answered).toString();
  if (!answer.includes('"ok":true')) throw new Error(`${name} was refused: ${answer.slice(0, 300)}`);
};

interface Speech {
  auth(member: Member): object;
  /** The event that lets the member in, and what it says. */
  join(member: Member): [name: string, payload: unknown];
  move: Dialect['move'];
  /** Events that are read; others are let pass, so that reading them slows nobody down. */
  heard: Record<string, (payload: unknown, hear: Hear) => void>;
}

const speak = ({ auth, join, move, heard }: Speech): Dialect => ({
  address,
  enter: async (socket, member) => {
    await connect(socket, auth(member));
    await demand(socket, ...join(member));
  },
  move,
  read: (data, hear, reply) => {
    if (data[0] === ping) return reply('3');
    const text = data.toString();
    if (!text.startsWith(event)) return;
    const understand = heard[text.slice(nameAt, text.indexOf('"', nameAt))];
    if (understand === undefined) return;
    const [, payload] = JSON.parse(text.slice(event.length)) as [string, unknown];
    understand(payload, hear);
  },
});

/** The sent text of an event, as Socket.IO's own client writes it. */
export const eventText = (name: string, ...payload: unknown[]): string =>
  `${event}${JSON.stringify([name, ...payload])}`;

/** The same of one that must be answered, with the number of its ack. */
export const demandText = (number: number, name: string, payload: unknown): string =>
  `${event}${number}${JSON.stringify([name, payload])}`;

/** The plain relay: an event with room and place, handed on to the others. */
export const relayDialect = speak({
  auth: () => ({}),
  join: ({ room }) => ['join-room', room],
  move: ({ userId, room }, { x, y }) => eventText('server-broadcast', room, { userId, x, y, page: 1 }),
  heard: {
    'client-broadcast': (payload, hear) => {
      const { userId, x } = payload as { userId: string; x: number };
      hear(userId, x);
    },
  },
});

/** Proofdesk as its own client library speaks to it: authenticated, joined, cursors in frames. */
export const proofdeskDialect = speak({
  auth: ({ token }) => ({ token }),
  join: ({ room }) => ['session:join', { sessionId: room, caps: ['frames'] }],
  move: ({ room }, { x, y }) => eventText('cursor:move', { sessionId: room, x, y, page: 1 }),
  heard: {
    error: (payload) => {
      throw new Error(`Proofdesk refused: ${JSON.stringify(payload)}`);
    },
    'cursor:frame': (payload, hear) => {
      const { moves } = payload as { moves: [string, number][] };
      for (const [userId, x] of moves) hear(userId, x);
    },
  },
});
