import type { EphemeralEvents, JoinedAck, Participant, PresenceStatus } from './protocol.ts';

/** Where somebody points: x and y are 0..1 of the page box, from the top left. */
export interface Cursor {
  x: number;
  y: number;
  page: number;
}

/** What somebody is drawing right now. */
export interface Drawing {
  id: string;
  points: readonly (readonly [number, number])[];
}

/** Who is here and what they do right now; what is handed out is never changed afterwards. */
export interface People {
  participants: readonly Participant[];
  you: Participant | undefined;
  cursors: ReadonlyMap<string, Cursor>;
  drawings: ReadonlyMap<string, Drawing>;
  typing: ReadonlySet<string>;
  /** Up to which place of the session each user has read. */
  reads: ReadonlyMap<string, number>;
}

export const nobody: People = {
  participants: [],
  you: undefined,
  cursors: new Map(),
  drawings: new Map(),
  typing: new Set(),
  reads: new Map(),
};

const without = <Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> =>
  map.has(key) ? new Map([...map].filter(([other]) => other !== key)) : map;

const withEntries = <Value>(
  map: ReadonlyMap<string, Value>,
  entries: Iterable<readonly [string, Value]>,
): ReadonlyMap<string, Value> => new Map([...map, ...entries]);

const withStatus = (participant: Participant, status: PresenceStatus): Participant => ({
  ...participant,
  status,
});

const changeStatus = (people: People, userId: string, status: PresenceStatus): People => ({
  ...people,
  participants: people.participants.map((one) => (one.userId === userId ? withStatus(one, status) : one)),
  you: people.you?.userId === userId ? withStatus(people.you, status) : people.you,
});

const typingChanged = (people: People, userId: string, typing: boolean): People => {
  const others = [...people.typing].filter((other) => other !== userId);
  return { ...people, typing: new Set(typing ? [...others, userId] : others) };
};

/** A preview is over when it became an annotation, or was given up. */
export const withoutDrawing = (
  people: People,
  isOver: (userId: string, drawing: Drawing) => boolean,
): People => {
  const left = [...people.drawings].filter(([userId, drawing]) => !isOver(userId, drawing));
  return left.length === people.drawings.size ? people : { ...people, drawings: new Map(left) };
};

/** Nobody says what they do while the connection is away. */
export const whileAway = ({ participants, you, reads }: People): People => ({
  ...nobody,
  participants,
  you,
  reads,
});

/** Answers of joins say who is here; what they do comes with the events that follow. */
export const joined = (people: People, { participants, you }: JoinedAck): People => ({
  ...whileAway(people),
  participants,
  you,
});

const left = (people: People, userId: string): People => ({
  ...typingChanged(people, userId, false),
  participants: people.participants.filter((one) => one.userId !== userId),
  cursors: without(people.cursors, userId),
  drawings: without(people.drawings, userId),
});

type Reducers = {
  [Name in keyof EphemeralEvents]: (people: People, event: EphemeralEvents[Name]) => People;
};

const reducers: Reducers = {
  'user:joined': (people, { participant }) => ({
    ...people,
    participants: [...people.participants.filter(({ userId }) => userId !== participant.userId), participant],
  }),
  'user:left': (people, { userId }) => left(people, userId),
  'presence:changed': (people, { userId, status }) => changeStatus(people, userId, status),
  'cursor:moved': (people, { userId, x, y, page }) => ({
    ...people,
    cursors: withEntries(people.cursors, [[userId, { x, y, page }]]),
  }),
  'cursor:frame': (people, { moves }) => {
    const cursors = moves.map(([userId, x, y, page]) => [userId, { x, y, page }] as const);
    return { ...people, cursors: withEntries(people.cursors, cursors) };
  },
  'annotation:drawing': (people, { userId, id, points }) => ({
    ...people,
    drawings: withEntries(people.drawings, [[userId, { id, points }]]),
  }),
  'typing:start': (people, { userId }) => typingChanged(people, userId, true),
  'typing:stop': (people, { userId }) => typingChanged(people, userId, false),
  'chat:read': (people, { userId, seq }) => ({
    ...people,
    reads: withEntries(people.reads, [[userId, Math.max(seq, people.reads.get(userId) ?? 0)]]),
  }),
};

export const isEphemeral = (event: string): event is keyof EphemeralEvents => Object.hasOwn(reducers, event);

export const peopleAfter = <Name extends keyof EphemeralEvents>(
  people: People,
  event: Name,
  payload: EphemeralEvents[Name],
): People => reducers[event](people, payload);
