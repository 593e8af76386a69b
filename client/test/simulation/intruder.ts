import type { Connect } from '../../src/transport.ts';
import type { Editor } from './editor.ts';
import { staffNote } from './random-operation.ts';
import type { Watch } from './watch.ts';

export interface IntrusionOptions {
  connect: Connect;
  token: string;
  /** Whose token it is. */
  editor: Editor;
  /** A session that is none of theirs. */
  foreignId: string;
  watch: Watch;
}

/** A message of theirs that was acknowledged; its name may not be used for another. */
const acknowledged = ({ asked }: Editor): string | undefined =>
  asked.find(({ wish, answer }) => wish.name === 'chat:message' && answer?.ok)?.opId;

const requestsOf = ({ editor, foreignId }: IntrusionOptions): [event: string, payload: object][] => {
  const { sessionId, user } = editor;
  const opId = acknowledged(editor);
  const foreign: [string, object][] = [
    ['session:join', { sessionId: foreignId }],
    ['session:join', { sessionId: foreignId }],
    ['typing:start', { sessionId: foreignId }],
    ['session:sync', { sessionId: foreignId, since: 0 }],
    ['chat:message', { sessionId: foreignId, body: 'let me in' }],
    ['annotation:add', { sessionId: foreignId, type: 'pen', data: {} }],
    ['annotation:delete', { sessionId: foreignId, id: `${foreignId}-a` }],
    ['cursor:move', { sessionId: foreignId, x: 0.5, y: 0.5 }],
  ];
  return [
    ...(user.role === 'admin' ? [] : foreign),
    ['constructor', { sessionId }],
    ['annotation:add', { sessionId, type: 'pen', data: { x: 'wide'.repeat(50_000) } }],
    ['cursor:move', { sessionId, x: 2, y: Number.NaN }],
    ...(user.role === 'customer'
      ? ([['chat:message', { sessionId, body: staffNote, visibility: 'staff' }]] as [string, object][])
      : []),
    ...(opId === undefined
      ? []
      : ([['chat:message', { sessionId, opId, body: 'other' }]] as [string, object][])),
  ];
};

/** Asks for what must be refused, on a connection of its own. */
export const intrude = (options: IntrusionOptions): void => {
  const { connect, token, editor, watch } = options;
  const { name, sessionId } = editor;
  const link = connect(
    { token, clientId: `${name}-intruder`, sessionId },
    {
      opened: () => {
        for (const [event, payload] of requestsOf(options)) {
          link.send(event, payload, (answer) => {
            const refused =
              typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false;
            const said = () => `${name} could ${event} ${JSON.stringify(payload).slice(0, 200)}`;
            watch.ensure(refused, () => `${said()}: ${JSON.stringify(answer)}`);
          });
        }
        link.send('session:leave', {}, () => link.close());
      },
      received: () => {},
      closed: () => {},
    },
  );
};
