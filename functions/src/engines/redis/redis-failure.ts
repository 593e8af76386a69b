import { ErrorReply, MultiErrorReply } from 'redis';

/** Replies by which a server says that it cannot serve now, and what its operators can do about each. */
const refusals: ReadonlyMap<string, string> = new Map([
  ['OOM', 'its memory is full: raise maxmemory, or set maxmemory-policy volatile-lru'],
  ['READONLY', 'it is a replica that takes no writes: name the primary in REDIS_URL'],
  ['MASTERDOWN', 'it is a replica without its primary: start the primary and name it in REDIS_URL'],
  ['LOADING', 'it is reading its data after a start: wait until it has'],
  ['MISCONF', 'it cannot save its data: look at its log and its disk'],
  ['NOREPLICAS', 'it has too few replicas: start them, or lower min-replicas-to-write'],
  ['CLUSTERDOWN', 'its cluster is incomplete: look at the nodes of the cluster'],
  ['BUSY', 'a script holds it up: wait, or end it with SCRIPT KILL'],
  ['NOAUTH', 'it wants a password: name it in REDIS_URL'],
  ['WRONGPASS', 'it knows no such user or password: correct REDIS_URL'],
]);

/**
 * `gone`: the connection is lost, or there was no answer in time. `refuses`: the server says that it cannot serve
 * now. `fault`: it is well and did not take a command. `text` is for the operators.
 */
export interface RedisFailure {
  kind: 'gone' | 'refuses' | 'fault';
  text: string;
}

const repliesOf = (error: unknown): Error[] => {
  if (error instanceof MultiErrorReply) return [...error.errors()];
  return error instanceof ErrorReply ? [error] : [];
};

/** The first word of a reply, such as OOM. */
const codeOf = ({ message }: Error): string => message.split(' ', 1)[0] ?? '';

export const judgeRedisFailure = (error: unknown): RedisFailure => {
  const codes = repliesOf(error).map(codeOf);
  const [first] = codes;
  if (first === undefined) {
    return { kind: 'gone', text: 'Redis does not answer: this server goes on by itself' };
  }
  const remedy = codes.map((code) => refusals.get(code)).find(Boolean);
  if (remedy !== undefined) {
    return { kind: 'refuses', text: `Redis refuses: ${remedy}. This server goes on by itself` };
  }
  const reasons = 'a fault of this program, or rights that its user lacks';
  return { kind: 'fault', text: `Redis did not take a command (${first}): ${reasons}` };
};
