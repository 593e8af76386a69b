import type { RecordStore } from '../ports/record-store.ts';

/** Names of people, each looked up once; null for an account that is gone. */
export const createNames = (store: RecordStore): ((userId: string) => Promise<string | null>) => {
  const known = new Map<string, Promise<string | null>>();
  return (userId) => {
    const name = known.get(userId) ?? store.get('users', userId).then((user) => user?.name ?? null);
    known.set(userId, name);
    return name;
  };
};
