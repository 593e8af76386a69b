import type { Surroundings } from './surroundings.ts';
import type { Link } from './transport.ts';

/** An event that is not answered in this time means that the connection is of no use. */
const answerTimeoutMs = 10_000;

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
  const cancel = after(answerTimeoutMs, () => end(undefined));
  link.send(event, payload, end);
};
