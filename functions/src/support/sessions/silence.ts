import { operationKey } from '../../ports/log-entry.ts';
import type { SessionLogEntry, SupportSession, Time } from '../../ports/records.ts';
import type { Language } from '../../protocol/enumerations.ts';

/** A customer's silence as the log of an active session tells it. */
export interface Silence {
  /** The last word of the other side, which nothing of the customer has followed. */
  turn: number;
  /** Whether the customer was warned of this silence. */
  warned: boolean;
  /** When it began, or the warning was given. */
  since: Time;
}

/** Entries at the end of a log that are looked at; more than those nobody but one side has made. */
export const entriesLookedAt = 50;

/** Names the one warning of a silence. */
export const warningOperation = (sessionId: string, turn: number): string =>
  operationKey('system', `${sessionId}-silence-${turn}`);

const saysSomething = ({ kind, visibility }: SessionLogEntry): boolean =>
  visibility === 'public' &&
  (kind === 'message' || kind === 'comment:added' || kind.startsWith('annotation:'));

/**
 * The silence that the newest entries (newest first) tell of; undefined while the customer has the last word, or
 * nobody has said anything to the customer yet: then it is the shop that is waited for.
 */
export const silenceOf = (
  { id, customerId }: Pick<SupportSession, 'id' | 'customerId'>,
  newest: readonly SessionLogEntry[],
): Silence | undefined => {
  const last = newest.find(
    (entry) => entry.authorId === customerId || (entry.authorId !== 'system' && saysSomething(entry)),
  );
  if (last === undefined || last.authorId === customerId) return undefined;
  const operation = warningOperation(id, last.seq);
  const warning = newest.find((entry) => entry.operation === operation);
  return { turn: last.seq, warned: warning !== undefined, since: (warning ?? last).at };
};

const warnings: Record<Language, string> = {
  en: 'Are you still there? Without a sign of you this session will be closed. You can open a new one at any time.',
  de: 'Sind Sie noch da? Ohne ein Zeichen von Ihnen wird diese Sitzung geschlossen. Sie können jederzeit eine neue öffnen.',
  fr: 'Êtes-vous encore là ? Sans signe de votre part, cette session sera fermée. Vous pouvez en ouvrir une autre à tout moment.',
  es: '¿Sigue ahí? Sin ninguna señal suya, esta sesión se cerrará. Puede abrir otra en cualquier momento.',
  other:
    'Are you still there? Without a sign of you this session will be closed. You can open a new one at any time.',
};

export const silenceWarning = (language: Language): string => warnings[language];
