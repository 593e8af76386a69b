import { isDeepStrictEqual } from 'node:util';
import type { Identity } from '../../../functions/src/ports/identity.ts';
import { operationKey } from '../../../functions/src/ports/log-entry.ts';
import type { SessionLogEntry } from '../../../functions/src/ports/records.ts';
import type { LogSnapshot } from '../../../functions/src/ports/session-log.ts';
import { type AnnotationPatch, applyPatch } from '../../../functions/src/protocol/annotation-merge.ts';
import type { Annotation } from '../../../functions/src/protocol/annotations.ts';
import type { OperationAnswer } from '../../src/operation-sender.ts';
import type { Editor } from './editor.ts';
import type { World } from './world.ts';

/** One session as the store has it. */
interface Stored {
  entries: readonly SessionLogEntry[];
  snapshot: LogSnapshot;
}

const readStored = async ({ store }: World, sessionId: string): Promise<Stored> => {
  const entries: SessionLogEntry[] = [];
  for (;;) {
    const page = await store.log.read(sessionId, entries.length, 1_000);
    entries.push(...page.entries);
    if (page.entries.length === 0) break;
  }
  const snapshot = await store.log.snapshot(sessionId, 200);
  if (snapshot === undefined) throw new Error(`there is no ${sessionId}`);
  return { entries, snapshot };
};

/** The annotations of the records as clients see them. */
const recorded = ({ annotations }: LogSnapshot): Annotation[] =>
  annotations.map(({ deleted: _, ...annotation }) => ({ ...annotation, data: annotation.data.value }));

type Replay = (annotations: Map<string, Annotation>, entry: SessionLogEntry) => void;

const change =
  (by: (before: Annotation, entry: SessionLogEntry) => Annotation): Replay =>
  (annotations, entry) => {
    const before = annotations.get(entry.subjectId ?? '');
    if (before !== undefined) annotations.set(before.id, { ...by(before, entry), rev: entry.seq });
  };

/** What each kind of entry does, written down here once more. */
const replays: Partial<Record<SessionLogEntry['kind'], Replay>> = {
  'annotation:added': (annotations, { subjectId: id = '', seq, at, authorId: userId, sessionId, data }) => {
    const made = { id, sessionId, userId, timestamp: at, seq, rev: seq, status: 'open', ...data };
    annotations.set(id, made as Annotation);
  },
  'annotation:updated': change((before, { data }) => applyPatch(before, data as AnnotationPatch)),
  'annotation:resolved': change((before, { data }) => ({
    ...before,
    status: data.resolved ? 'resolved' : 'open',
  })),
  'annotation:deleted': (annotations, { subjectId = '' }) => void annotations.delete(subjectId),
  'annotation:cleared': (annotations, { data }) => {
    for (const id of data.ids as string[]) annotations.delete(id);
  },
};

const replayed = (entries: readonly SessionLogEntry[]): Annotation[] => {
  const annotations = new Map<string, Annotation>();
  for (const entry of entries) replays[entry.kind]?.(annotations, entry);
  return [...annotations.values()];
};

const checkLog = ({ watch }: World, sessionId: string, { entries, snapshot }: Stored): void => {
  const seqs = entries.map(({ seq }) => seq);
  watch.ensure(
    seqs.every((seq, index) => seq === index + 1) && snapshot.position.seq === entries.length,
    () => `the log of ${sessionId} has a gap: ${seqs.join(' ')}`,
  );
  watch.ensure(
    isDeepStrictEqual(recorded(snapshot), replayed(entries)),
    () => `the records of ${sessionId} are not what its log says`,
  );
};

/** An operation that was acknowledged is there once, one that was refused never, any other at most once. */
const checkOperation = (
  { watch }: World,
  { entries }: Stored,
  asked: {
    user: Identity;
    opId: string;
    name: string;
    answer: OperationAnswer | undefined;
    settled: boolean;
  },
): number | undefined => {
  const { user, opId, name, answer, settled } = asked;
  const found = entries.filter(({ operation }) => operation === operationKey(user.uid, opId));
  const times = found.length;
  const mayDoNothing = name === 'annotation:delete';
  const what = () =>
    `${opId} (${name}) of ${user.uid}, answered ${JSON.stringify(answer)}, is there ${times} times`;
  if (times > 1) watch.fail(what());
  if (answer?.ok === false && !answer.retryable && times > 0) watch.fail(what());
  const mustBeThere = answer?.ok === true || (settled && answer === undefined);
  if (mustBeThere && times === 0 && !mayDoNothing) watch.fail(what());
  const [entry] = found;
  if (entry !== undefined && entry.authorId !== user.uid) watch.fail(`${what()} by ${entry.authorId}`);
  return entry?.seq;
};

const checkOperations = (world: World, editor: Editor, stored: Stored): void => {
  const { user, asked, name, client } = editor;
  const settled = editor.ended === undefined && client.view.pending.length === 0;
  let last = 0;
  for (const { opId, wish, answer } of asked) {
    const seq = checkOperation(world, stored, { user, opId, name: wish.name, answer, settled });
    if (seq === undefined) continue;
    world.watch.ensure(
      seq > last,
      () => `${opId} of ${name} stands at ${seq}, before one that was asked earlier`,
    );
    last = seq;
    checkContent(world, opId, wish.input, stored.entries[seq - 1]);
  }
};

const checkContent = ({ watch }: World, opId: string, input: object, entry: SessionLogEntry | undefined) => {
  const wanted = input as { body?: string; data?: unknown; visibility?: string };
  const { data = {}, visibility = 'public' } = entry ?? {};
  const same =
    (wanted.body === undefined || wanted.body === data.body) &&
    (wanted.data === undefined || isDeepStrictEqual(wanted.data, data.data)) &&
    (wanted.visibility ?? 'public') === visibility;
  watch.ensure(same, () => `${opId} was ${JSON.stringify(input)} and became ${JSON.stringify(entry)}`);
};

const saidTo = ({ user }: Editor, { entries }: Stored): string[] =>
  entries.flatMap(({ kind, visibility, data, seq }) => {
    const isSaid = kind === 'message' || kind === 'comment:added';
    return isSaid && (visibility === 'public' || user.role !== 'customer') ? [`${seq} ${data.body}`] : [];
  });

/** Messages that a snapshot brings at least, when there are so many. */
const keptMessages = 200;

/** Somebody who is here sees what the store has. */
const checkReplica = ({ watch }: World, editor: Editor, stored: Stored): void => {
  const { name, client } = editor;
  const { position, annotations, messages } = client.view;
  const { snapshot } = stored;
  watch.ensure(
    isDeepStrictEqual(position, snapshot.position),
    () => `${name} is at ${JSON.stringify(position)}, not at ${JSON.stringify(snapshot.position)}`,
  );
  watch.ensure(
    isDeepStrictEqual(annotations, recorded(snapshot)),
    () => `${name} sees other annotations than are there`,
  );
  const said = saidTo(editor, stored);
  const seen = messages.map(({ seq, body }) => `${seq} ${body}`);
  watch.ensure(
    isDeepStrictEqual(seen, seen.length === 0 ? [] : said.slice(-seen.length)) &&
      seen.length >= Math.min(said.length, keptMessagesFor(editor, stored)),
    () => `${name} reads other messages than were said`,
  );
};

/** Of the messages that are kept some may be hidden from customers. */
const keptMessagesFor = (editor: Editor, stored: Stored): number =>
  saidTo(editor, { ...stored, entries: [...stored.snapshot.messages].slice(-keptMessages) }).length;

const checkPresence = ({ watch, editors }: World, editor: Editor): void => {
  const here = editors.filter(
    ({ sessionId, client }) => sessionId === editor.sessionId && client.phase === 'joined',
  );
  const expected = [...new Set(here.map(({ user }) => user.uid))].sort();
  const seen = editor.client.view.participants.map(({ userId }) => userId).sort();
  watch.ensure(
    isDeepStrictEqual(seen, expected),
    () => `${editor.name} sees ${seen.join(', ')} where ${expected.join(', ')} are`,
  );
};

/** What must hold once everything is calm. */
export const checkCalm = async (world: World): Promise<void> => {
  const { participation, editors, rest, watch } = world;
  for (const sessionId of participation.sessionIds) {
    const stored = await readStored(world, sessionId);
    checkLog(world, sessionId, stored);
    for (const editor of editors) {
      if (editor.sessionId !== sessionId) continue;
      checkOperations(world, editor, stored);
      const isHere = participation.takesPart(editor.user, sessionId);
      if (!isHere) continue;
      watch.ensure(
        editor.client.phase === 'joined',
        () => `${editor.name} is ${editor.client.phase} for no reason`,
      );
      checkReplica(world, editor, stored);
      checkPresence(world, editor);
    }
    for (const asked of rest) {
      if (asked.sessionId === sessionId) checkOperation(world, stored, { ...asked, settled: false });
    }
  }
};

/** What must hold once everybody has left. */
export const checkNothingLeft = async ({ nodes, watch, editors, participation }: World): Promise<void> => {
  for (const editor of editors) {
    watch.ensure(editor.time.waiting === 0, () => `${editor.name} left ${editor.time.waiting} timers behind`);
  }
  for (const node of nodes) {
    const { connections, sessions } = node.counts;
    const left = { connections, sessions, audiences: node.audienceCount };
    watch.ensure(
      connections + sessions + node.audienceCount === 0,
      () => `nobody is here, and the server has ${JSON.stringify(left)}`,
    );
    watch.ensure(
      node.time.waiting === node.restingTimers,
      () => `the server has ${node.time.waiting} timers`,
    );
    watch.ensure(
      node.rooms.count() <= participation.sessionIds.length,
      () => `${node.rooms.count()} rooms are kept`,
    );
  }
};
