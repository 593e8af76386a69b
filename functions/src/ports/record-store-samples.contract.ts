import type { RecordStore } from './record-store.ts';
import type { ChannelOutcome, SessionLogEntry, User } from './records.ts';

/** What the parts of the suite work with: the store of the running test. */
export interface StoreUnderTest {
  store(): RecordStore;
  another(): Promise<RecordStore>;
}

/** Records that the suite writes; `changes` say what matters to a test. */
export const sampleUser = (changes: Partial<User> = {}): User => ({
  id: 'user-1',
  email: 'one@test.local',
  name: 'One',
  role: 'customer',
  createdAt: '2026-01-31T09:00:00.000Z',
  ...changes,
});

export const sampleEntry = (seq: number, changes: Partial<SessionLogEntry> = {}): SessionLogEntry => ({
  id: `session-1-${String(seq).padStart(8, '0')}`,
  sessionId: 'session-1',
  seq,
  kind: 'message',
  at: '2026-01-31T09:00:00.000Z',
  authorId: 'user-1',
  visibility: 'public',
  data: { text: `message ${seq}` },
  ...changes,
});

export const sampleOutcome = (changes: Partial<ChannelOutcome> = {}): ChannelOutcome => ({
  id: 'co-browse-technical-middle',
  channel: 'co-browse',
  category: 'technical',
  complexityBand: 'middle',
  ended: 1,
  resolved: 0,
  ...changes,
});

/** `count` texts `prefix-000`, `prefix-001` ... */
export const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(3, '0')}`);
