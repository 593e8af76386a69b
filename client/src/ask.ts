import type { Surroundings } from './surroundings.ts';
import type { Link } from './transport.ts';

/** An event that is not answered in this time means that the connection is of no use. */
const answerTimeoutMs = 10_000;

/** These bring all of a session, which a slow line carries for long; Socket.IO itself gives up after 45 s. */
const stateEvents = ['session:join', 'session:sync'];
const stateTimeoutMs = 40_000;

/** Sends an event; tells its answer, or `undefined` when none came in time. */
export const ask = (
  link: Link,
  { after }: Pick<Surroundings, 'after'>,
  event: string,
  payload: object,
  answered: (answer: unknown) => void,
): void => {
  let isOver = false;
  const end = (answer: unknown): void => {
    if (isOver) return;
    isOver = true;
    cancel();
    answered(answer);
  };
  const timeoutMs = stateEvents.includes(event) ? stateTimeoutMs : answerTimeoutMs;
  const cancel = after(timeoutMs, () => end(undefined));
  link.send(event, payload, end);
};
