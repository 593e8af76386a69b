import { setTimeout as pause } from 'node:timers/promises';
import type { Reply } from '../http/connection.ts';
import { createActivities, type Send } from './activities.ts';
import { Journal } from './journal.ts';
import { Line } from './line.ts';
import { createChooser, type Mix } from './mix.ts';

/** What a load consists of. */
export interface Profile {
  connections: number;
  seconds: number;
  /** Activities a second over all connections; 0 begins the next as soon as the last is done. */
  rate: number;
  mix: Mix;
}

interface Course {
  url: string;
  profile: Profile;
  startsAt: number;
  endsAt: number;
  journal: Journal;
  choose: ReturnType<typeof createChooser>;
}

const unanswered: Reply = { status: 0, body: '' };

/** Sends over the line and takes down how long it took, counted from when the first request was due. */
const noting = (line: Line, journal: Journal, due: number): Send => {
  let countedFrom = due;
  return async (kind, request) => {
    const reply = await line.exchange(request);
    const now = performance.now();
    journal.note(kind, reply === undefined ? 'failed' : String(reply.status), now - countedFrom);
    countedFrom = now;
    return reply ?? unanswered;
  };
};

/** When a turn of a connection is due; the connections take turns, so that requests come evenly. */
const dueAt = ({ profile, startsAt }: Course, connection: number, turn: number): number =>
  profile.rate === 0
    ? performance.now()
    : startsAt + ((turn * profile.connections + connection) * 1_000) / profile.rate;

/** Waits until the moment; false when the course is over before. */
const wait = async (due: number, endsAt: number): Promise<boolean> => {
  if (due >= endsAt) return false;
  const waitMs = due - performance.now();
  if (waitMs > 0) await pause(waitMs);
  return performance.now() < endsAt;
};

const drive = async (course: Course, connection: number, token: string): Promise<void> => {
  const line = new Line(course.url);
  const activities = createActivities(token, connection);
  for (let turn = 0; ; turn += 1) {
    const due = dueAt(course, connection, turn);
    if (!(await wait(due, course.endsAt))) break;
    await activities[course.choose()](noting(line, course.journal, due));
  }
  line.close();
};

/** Loads a server as the profile says and ends by itself; the tokens are given to the connections in turn. */
export const runLoad = async (url: string, tokens: readonly string[], profile: Profile): Promise<Journal> => {
  const startsAt = performance.now();
  const course: Course = {
    url,
    profile,
    startsAt,
    endsAt: startsAt + profile.seconds * 1_000,
    journal: new Journal(),
    choose: createChooser(profile.mix),
  };
  const connections = Array.from({ length: profile.connections }, (_, connection) => connection);
  await Promise.all(
    connections.map((connection) => drive(course, connection, tokens[connection % tokens.length] ?? '')),
  );
  return course.journal;
};
