import { randomInt } from 'node:crypto';
import { awaitMessage, type Dialect, type Member } from './dialect.ts';

/** Types of Hocuspocus's messages, which stand behind the document's name. */
const awareness = 1;
const authentication = 2;
const token = 0;
const authenticated = 2;

const writeNumber = (bytes: number[], number: number): void => {
  let rest = number;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
};

const writeText = (bytes: number[], text: string): void => {
  const encoded = Buffer.from(text);
  writeNumber(bytes, encoded.length);
  bytes.push(...encoded);
};

/** Reads lib0's variable-length numbers and texts. */
class Reader {
  readonly #data: Buffer;
  #at = 0;

  constructor(data: Buffer) {
    this.#data = data;
  }

  number(): number {
    let number = 0;
    let weight = 1;
    for (;;) {
      const byte = this.#data[this.#at] ?? 0;
      this.#at += 1;
      number += (byte & 127) * weight;
      if (byte < 128) return number;
      weight *= 128;
    }
  }

  text(): string {
    const length = this.number();
    this.#at += length;
    return this.#data.toString('utf8', this.#at - length, this.#at);
  }
}

const isAuthenticated = (data: Buffer): boolean => {
  const reader = new Reader(data);
  reader.text();
  return reader.number() === authentication && reader.number() === authenticated;
};

interface Person {
  clientId: number;
  clock: number;
}

/** Cursors as awareness states, which is how editors over Hocuspocus show them. */
export const createHocuspocusDialect = (): Dialect => {
  const people = new Map<string, Person>();

  const personOf = ({ userId }: Member): Person => {
    const person = people.get(userId) ?? { clientId: randomInt(2 ** 31), clock: 0 };
    people.set(userId, person);
    return person;
  };

  return {
    address: () => '/',
    enter: async (socket, { room }) => {
      const entered = awaitMessage(socket, isAuthenticated);
      const bytes: number[] = [];
      writeText(bytes, room);
      bytes.push(authentication, token);
      writeText(bytes, 'anybody');
      socket.send(Buffer.from(bytes));
      await entered;
    },
    move: (member, { x, y }) => {
      const person = personOf(member);
      person.clock += 1;
      const update = [1];
      writeNumber(update, person.clientId);
      writeNumber(update, person.clock);
      writeText(update, JSON.stringify({ cursor: { userId: member.userId, x, y, page: 1 } }));
      const bytes: number[] = [];
      writeText(bytes, member.room);
      bytes.push(awareness);
      writeNumber(bytes, update.length);
      return Buffer.from([...bytes, ...update]);
    },
    read: (data, hear) => {
      const reader = new Reader(data);
      reader.text();
      if (reader.number() !== awareness) return;
      reader.number();
      for (let left = reader.number(); left > 0; left -= 1) {
        reader.number();
        reader.number();
        const state = JSON.parse(reader.text()) as { cursor?: { userId: string; x: number } } | null;
        if (state?.cursor) hear(state.cursor.userId, state.cursor.x);
      }
    },
  };
};
