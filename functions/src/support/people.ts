import { AppError } from '../errors/app-error.ts';
import { newId } from '../ids/new-id.ts';
import { type Clock, isoTime } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { Accounts, Identity, NewAccount } from '../ports/identity.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { User } from '../ports/records.ts';
import { newPasswordSchema, registrationSchema } from '../protocol/accounts.ts';
import type { Role } from '../protocol/enumerations.ts';
import type { AgentService } from './agents/agent-service.ts';
import { erasePerson } from './erase-person.ts';
import type { createSessionEnder } from './sessions/end-session.ts';
import { endSessionsOf } from './sessions/end-sessions-of.ts';

/** Accounts as an administrator manages them; a person is named by e-mail address or id. */
export interface People {
  /** AppError `validation_failed` for a bad address or a short password, `already_exists` for a taken address. */
  add(account: NewAccount): Promise<Identity>;
  list(): AsyncGenerator<User>;
  /** AppError `validation_failed` when nobody would be administrator any more. */
  setRole(person: string, role: Role): Promise<User>;
  revoke(person: string): Promise<User>;
  /** Refused like a change of role for the last administrator. */
  erase(person: string): Promise<{ user: User; sessions: number }>;
}

export interface PeopleOptions {
  store: RecordStore;
  files: Pick<Files, 'delete'>;
  clock: Clock;
  accounts: Accounts;
  agents: AgentService;
  /** Ends sessions as `PATCH /sessions/{id}` does. */
  updateSession: ReturnType<typeof createSessionEnder>;
  /** Fulfilled when no server takes a token any more that was ended before the call. */
  untilTokensEnd(): Promise<void>;
}

/** Who acts when somebody uses the command line. */
const operator = 'command-line';

const ensureUsable = ({ email, name, password }: NewAccount): void => {
  const fields = registrationSchema.pick({ email: true, name: true }).safeParse({ email, name });
  const secret = newPasswordSchema.safeParse(password);
  const problem = [...(fields.error?.issues ?? []), ...(secret.error?.issues ?? [])][0];
  if (problem) {
    const field = problem.path.join('.') || 'password';
    throw new AppError('validation_failed', `The ${field} is not usable: ${problem.message}.`);
  }
};

export const createPeople = (options: PeopleOptions): People => {
  const { store, files, clock, accounts, agents, updateSession } = options;

  const audit = (action: string, subjectId: string, data: Record<string, unknown> = {}): Promise<void> =>
    store.write((writer) =>
      writer.create('audit', {
        id: newId(),
        at: isoTime(clock.now()),
        actorId: operator,
        action,
        subjectId,
        data,
      }),
    );

  const find = async (person: string): Promise<User> => {
    const user = await accounts.find(person);
    if (user) return user;
    throw new AppError('not_found', `There is no account ${person}: npx proofdesk users list shows all.`);
  };

  /** A shop that nobody manages could not be put right from within, and would not start in production. */
  const ensureAdminRemains = async ({ id, email, role }: User): Promise<void> => {
    if (role !== 'admin') return;
    for await (const other of accounts.list()) if (other.role === 'admin' && other.id !== id) return;
    throw new AppError(
      'validation_failed',
      `${email} is the last administrator: make another one first (npx proofdesk users role EMAIL admin).`,
    );
  };

  return {
    list: accounts.list,
    add: async (account) => {
      ensureUsable(account);
      const user = await accounts.create(account);
      if (user.role === 'agent') await agents.ensure(user.uid, user.name);
      await audit('user:add', user.uid, { role: user.role });
      return user;
    },
    setRole: async (person, role) => {
      const user = await find(person);
      if (role !== 'admin') await ensureAdminRemains(user);
      await accounts.setRole(user.id, role);
      if (role === 'agent') await agents.ensure(user.id, user.name);
      else await agents.retire(user.id);
      await audit('user:role', user.id, { from: user.role, to: role });
      return user;
    },
    revoke: async (person) => {
      const user = await find(person);
      await accounts.revoke(user.id);
      await audit('user:revoke', user.id);
      return user;
    },
    erase: async (person) => {
      const user = await find(person);
      const { id: uid, email, name } = user;
      await ensureAdminRemains(user);
      // When this is cut short, nobody takes a locked account for an administrator.
      if (user.role === 'admin') await accounts.setRole(uid, 'customer');
      // Nothing may be written any more behind what is erased.
      await accounts.lock(uid);
      await options.untilTokensEnd();
      await endSessionsOf(store, updateSession, { uid, email, name, role: 'customer' });
      await agents.retire(uid);
      // The account goes last: when this is cut short, the person can still be found and erased again.
      const sessions = await erasePerson({ store, files }, uid);
      await accounts.remove(uid);
      await audit('user:erase', user.id, { sessions });
      return { user, sessions };
    },
  };
};
