/** A place in the product's text, and what is put there instead. */
interface Edit {
  file: string;
  find: string;
  replace: string;
}

/** A fault that somebody could make, as edits of the product. */
export interface Mutation {
  name: string;
  edits: readonly Edit[];
}

const rooms = 'functions/src/collaboration/rooms';
const room = `${rooms}/room.ts`;
const beforeAppend = '    let outcome: AppendOutcome;\n';
const afterAppend = '    this.replica.advance(outcome.entries);\n    this.#queue.settle(batch.planned);\n';

/** Each of them breaks a promise of the rooms or their calls; the simulation must notice. */
export const mutations: readonly Mutation[] = [
  {
    name: '[RT3] skips the look for an operation that is known',
    edits: [
      {
        file: `${rooms}/operation-batch.ts`,
        find: 'return this.#own.get(key) ?? this.#options.replica.known.find(key) ?? pending.earlier;',
        replace: 'return key === undefined ? pending.earlier : undefined;',
      },
    ],
  },
  {
    name: '[RT2] publishes before the commit',
    edits: [
      {
        file: room,
        find: "import { AppError } from '../../errors/app-error.ts';\n",
        replace:
          "import { AppError } from '../../errors/app-error.ts';\nimport { placeEntry } from '../../ports/log-entry.ts';\n",
      },
      {
        file: room,
        find: beforeAppend,
        replace: `    const before = this.replica.position;
    this.replica.advance(
      batch.entries.map((entry, index) => placeEntry(sessionId, before.seq + 1 + index, batch.at, entry)),
    );
${beforeAppend}`,
      },
      { file: room, find: 'expected: this.replica.position,', replace: 'expected: before,' },
    ],
  },
  {
    name: '[RT2] acknowledges before the commit',
    edits: [
      { file: room, find: beforeAppend, replace: `    this.#queue.settle(batch.planned);\n${beforeAppend}` },
      { file: room, find: afterAppend, replace: '    this.replica.advance(outcome.entries);\n' },
    ],
  },
  {
    name: '[RT4] applies what comes after a gap',
    edits: [
      {
        file: 'client/src/confirmed-state.ts',
        find: 'if (seq > this.#position.seq + 1) {',
        replace: 'if (seq < 0) {',
      },
    ],
  },
  {
    name: '[RT14] shows staff notes to customers',
    edits: [
      {
        file: `${rooms}/room-events.ts`,
        find: "entry.visibility === 'staff' ? tickOf(entry, 'system') : forStaff;",
        replace: 'forStaff;',
      },
    ],
  },
  {
    name: '[RT9] lets everybody in',
    edits: [
      {
        file: 'functions/src/access/ownership.ts',
        find: 'if (!isParticipant(user, session)) refuse(user, session);',
        replace: "if (user.uid === '') refuse(user, session);",
      },
    ],
  },
  {
    name: '[RT9] leaves connections open whose token was revoked',
    edits: [
      {
        file: 'functions/src/collaboration/sockets/token-watch.ts',
        find: 'if (error instanceof AppError && error.status === 401) cutOff(connection);',
        replace: 'if (error instanceof AppError && error.status === 401) return;',
      },
    ],
  },
  {
    name: '[RT16] keeps people busy after their call',
    edits: [
      {
        file: 'functions/src/collaboration/sockets/room-call.ts',
        find: 'this.#options.busy.delete(userId);',
        replace: 'void userId;',
      },
    ],
  },
  {
    name: '[RT16] lets a call ring on where another device has taken it',
    edits: [
      {
        file: 'functions/src/collaboration/sockets/room-call.ts',
        find: "if (link.id !== except?.id) link.emit({ event: 'call:end', payload });",
        replace: 'void payload;',
      },
    ],
  },
];
