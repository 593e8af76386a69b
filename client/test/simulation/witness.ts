import type { OutgoingEvent } from '../../../functions/src/collaboration/sockets/realtime-link.ts';
import type { Identity } from '../../../functions/src/ports/identity.ts';
import { operationKey } from '../../../functions/src/ports/log-entry.ts';
import type { Cable } from './cable.ts';
import type { Participation } from './participation.ts';
import { people, type Tokens } from './people.ts';
import { staffNote } from './random-operation.ts';
import { slowReaders } from './server-node.ts';
import type { Watch } from './watch.ts';

/** Answers that may wait for one reader: it asks for few things at a time. */
const mostAnswers = 60;
/** What may be added for a reader until it is next looked at, and the advice to begin anew. */
const betweenSamplesBytes = 60_000;

export interface WitnessOptions {
  participation: Participation;
  tokens: Tokens;
  watch: Watch;
}

type Fields = {
  sessionId?: string;
  userId?: string;
  seq?: number;
  by?: string;
  body?: string;
  opId?: string;
};

/** Looks at everything that leaves a server: whether it is true, and whether its reader may know. */
export class Witness {
  readonly #options: WitnessOptions;

  constructor(options: WitnessOptions) {
    this.#options = options;
  }

  told(cable: Cable, { event, payload }: OutgoingEvent): void {
    const { connection } = cable;
    if (connection === undefined) return;
    const { watch, tokens, participation } = this.#options;
    const { identity, token } = connection;
    const fields = payload as Fields;
    const what = () => `${identity.uid} was told ${event} ${JSON.stringify(payload)}`;
    if (!tokens.mayHear(token)) watch.fail(`${what()} with a token that has ended`);
    if (cable.eventBytes > slowReaders.stoppedBytes + betweenSamplesBytes)
      watch.fail(`${cable.eventBytes} bytes wait for ${identity.uid}`);
    if (fields.sessionId !== undefined) this.#ofSession(identity, event, fields.sessionId, what);
    const doer = Object.values(people).find(({ uid }) => uid === fields.userId);
    if (doer !== undefined && fields.sessionId !== undefined)
      watch.ensure(
        participation.everTookPart(doer, fields.sessionId),
        () => `${what()} of somebody who never took part`,
      );
    if (identity.role === 'customer' && fields.body?.startsWith(staffNote))
      watch.fail(`${what()}, which is for staff`);
    if (fields.sessionId === undefined || fields.seq === undefined || fields.by === undefined) return;
    if (fields.seq > watch.head(fields.sessionId)) watch.fail(`${what()} before it was committed`);
    this.#place(identity, fields.sessionId, fields.seq, what);
  }

  answered(cable: Cable, event: string, payload: unknown, answer: object): void {
    const { connection } = cable;
    const { sessionId } = payload as Fields;
    if (connection === undefined || sessionId === undefined) return;
    const { watch } = this.#options;
    const { identity } = connection;
    if (cable.waitingAnswers > mostAnswers)
      watch.fail(`${cable.waitingAnswers} answers wait for ${identity.uid}`);
    if (!('ok' in answer) || answer.ok !== true) return;
    const what = () => `${identity.uid} was answered to ${event}: ${JSON.stringify(answer)}`;
    if (event === 'session:join' || event === 'session:sync') this.#state(identity, sessionId, answer, what);
    const { opId } = answer as Fields;
    if (opId !== undefined) this.operation(identity, sessionId, event, answer as Fields, what);
  }

  /** An operation was acknowledged: it is in the log, at the place that was said. */
  operation(identity: Identity, sessionId: string, event: string, ack: Fields, what: () => string): void {
    const { watch } = this.#options;
    const place = watch.placeOf(sessionId, operationKey(identity.uid, ack.opId ?? ''));
    // What is deleted already need not be deleted again.
    const wasDone = event === 'annotation:delete' && 'dup' in ack && place === undefined;
    if (!wasDone && place !== ack.seq) watch.fail(`${what()}, and the log has it at ${place}`);
  }

  #ofSession(identity: Identity, event: string, sessionId: string, what: () => string): void {
    const { watch, participation } = this.#options;
    if (!participation.everTookPart(identity, sessionId)) watch.fail(`${what()} of a session of others`);
    if (identity.role === 'customer' && event === 'session:insight')
      watch.fail(`${what()}, which is for staff`);
  }

  #state(identity: Identity, sessionId: string, answer: object, what: () => string): void {
    const { watch } = this.#options;
    const { seq = 0 } = answer as Fields;
    this.#place(identity, sessionId, seq, what);
    if (seq > watch.head(sessionId)) watch.fail(`${what()} ahead of the log`);
    if (identity.role === 'customer' && JSON.stringify(answer).includes(staffNote))
      watch.fail(`${what()}, which is for staff`);
  }

  #place(identity: Identity, sessionId: string, seq: number, what: () => string): void {
    const { watch, participation } = this.#options;
    if (!participation.mayKnow(identity, sessionId, seq)) watch.fail(`${what()} after taking part`);
  }
}
