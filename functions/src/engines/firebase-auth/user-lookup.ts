import type { Auth, UserRecord } from 'firebase-admin/auth';
import QuickLRU from 'quick-lru';
import type { Clock } from '../../ports/clock.ts';
import type { Questions } from './failure.ts';

interface Lookup {
  user: Promise<UserRecord>;
  /** Monotonic time, so that a jump of the wall clock prolongs nothing. */
  until: number;
}

interface UserLookupOptions {
  auth: Auth;
  questions: Questions;
  clock: Clock;
  /** How long a user's state is believed. */
  maximumAgeMs: number;
}

/** Users whose state is remembered. */
const mostRemembered = 10_000;

/** Looks up holders of tokens and remembers them for a moment, because each request would ask otherwise. */
export class UserLookup {
  readonly #options: UserLookupOptions;
  readonly #known = new QuickLRU<string, Lookup>({ maxSize: mostRemembered });

  constructor(options: UserLookupOptions) {
    this.#options = options;
  }

  /** AppError `not_authenticated` when the user is gone. */
  get(uid: string): Promise<UserRecord> {
    const { auth, clock, questions, maximumAgeMs } = this.#options;
    const known = this.#known.get(uid);
    const now = clock.monotonicMs();
    if (known !== undefined && known.until > now) return known.user;
    const user = questions.askAboutToken(() => auth.getUser(uid));
    this.#known.set(uid, { user, until: now + maximumAgeMs });
    user.catch(() => this.forget(uid));
    return user;
  }

  forget(uid: string): void {
    this.#known.delete(uid);
  }
}
