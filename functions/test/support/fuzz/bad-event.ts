import fc from 'fast-check';
import { type ClientEventName, clientEvents } from '../../../src/protocol/realtime.ts';
import { junkText, junkValue, prototypeKeys } from './junk.ts';
import { spoiled } from './spoil-value.ts';

/** An event as it is emitted, without its ack. */
export interface FuzzEvent {
  event: string;
  payloads: unknown[];
}

/** The session that events may be about, and one that is none of the sender's. */
export interface FuzzTargets {
  own: string;
  foreign: string;
}

type Good = Partial<Record<ClientEventName, object>>;

/** An input of each kind that is accepted, or refused for what the session holds only. */
const goodInputs = (sessionId: string): Good => ({
  'session:join': { sessionId, since: 0, epoch: 'e', caps: ['frames'] },
  'session:sync': { sessionId, since: 0 },
  'annotation:add': { sessionId, type: 'pen', data: { path: [[0.1, 0.2]] }, layer: 'print', page: 1 },
  'annotation:update': { sessionId, id: 'mark', patch: { data: { x: 1 } }, ifRev: 1 },
  'annotation:delete': { sessionId, id: 'mark' },
  'annotation:clear': { sessionId },
  'annotation:resolve': { sessionId, id: 'mark', resolved: true },
  'annotation:draw': { sessionId, id: 'mark', points: [[0.1, 0.2]] },
  'comment:add': { sessionId, annotationId: 'mark', body: 'look' },
  'chat:message': { sessionId, body: 'hello', visibility: 'public' },
  'chat:read': { sessionId, seq: 1 },
  'cursor:move': { sessionId, x: 0.5, y: 0.5, page: 1 },
  'typing:start': { sessionId },
  'typing:stop': { sessionId },
  'presence:update': { sessionId, status: 'idle' },
  'support:preview': { text: 'where is my order' },
});

/** Names that the Socket.IO client keeps to itself. */
const reserved = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'];

const anyName = fc
  .oneof(
    fc.constantFrom(...Object.keys(clientEvents), ...prototypeKeys),
    fc.constantFrom('session:head', 'user:joined', 'error', 'chat:message ', 'CHAT:MESSAGE', ''),
    junkText,
  )
  .filter((name) => !reserved.includes(name));

const deep = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
};

const entriesOf = (sessionId: string) => Object.entries(goodInputs(sessionId)) as [string, object][];

/** Events of every kind: nearly right, about other people's sessions, and utter junk. */
export const badEvent = ({ own, foreign }: FuzzTargets): fc.Arbitrary<FuzzEvent> => {
  const asIs = (sessionId: string) =>
    fc.constantFrom(...entriesOf(sessionId)).map(([event, input]) => ({ event, payloads: [input] }));
  const nearly = (sessionId: string) =>
    fc.oneof(
      ...entriesOf(sessionId).map(([event, input]) =>
        spoiled(input, ['opId', 'id', 'sessionId', 'role', 'proofId']).map((payload) => ({
          event,
          payloads: [payload],
        })),
      ),
    );
  const junk = fc.record({ event: anyName, payloads: fc.array(junkValue, { maxLength: 3 }) });
  const large = fc
    .tuple(
      fc.constantFrom('annotation:add', 'chat:message', 'session:join'),
      fc.oneof(
        // The sender's own JSON.stringify overflows its stack from about 2,500 levels.
        fc.integer({ min: 500, max: 1_500 }).map(deep),
        fc.integer({ min: 50_000, max: 400_000 }).map((length) => 'x'.repeat(length)),
      ),
    )
    .map(([event, data]) => ({ event, payloads: [{ sessionId: own, type: 'pen', data, body: data }] }));
  const renewal = fc.record({
    event: fc.constant('auth:renew'),
    payloads: fc.tuple(fc.record({ token: junkText })),
  });
  return fc.oneof(
    { weight: 40, arbitrary: asIs(own) },
    { weight: 30, arbitrary: asIs(foreign) },
    { weight: 80, arbitrary: nearly(own) },
    { weight: 30, arbitrary: nearly(foreign) },
    { weight: 40, arbitrary: junk },
    { weight: 10, arbitrary: renewal },
    { weight: 1, arbitrary: large },
  );
};
