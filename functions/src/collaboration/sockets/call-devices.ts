import { AppError } from '../../errors/app-error.ts';
import type { Identity } from '../../ports/identity.ts';
import type { CallEvents } from '../../protocol/calls.ts';

/** What is told to one device. */
export type CallEvent = {
  [Name in keyof CallEvents]: { event: Name; payload: CallEvents[Name] };
}[keyof CallEvents];

/** A device of somebody who is in the room, at whatever node. */
export interface Device {
  link: { readonly id: string; emit(event: CallEvent): void };
  identity: Pick<Identity, 'uid' | 'name' | 'role'>;
}

/** Nobody who could be called, or who is in the call, has a device in the room. */
export const offlineCallee = (): AppError =>
  new AppError('callee_offline', 'Nobody to call is in the room right now.');

export const linksOf = (devices: Iterable<Device>, userId: string): Device['link'][] =>
  [...devices].filter(({ identity }) => identity.uid === userId).map(({ link }) => link);

/**
 * Who is called: somebody named, or the other side. The customer is called by staff, staff by the customer, the
 * agent before an administrator. AppError `callee_offline`, `validation_failed` for oneself.
 */
export const calleeFor = (
  devices: Iterable<Device>,
  { identity }: Device,
  to: string | undefined,
): string => {
  if (to === identity.uid) throw new AppError('validation_failed', 'to: name somebody else.');
  const there = [...devices].map((device) => device.identity);
  const wanted = identity.role === 'customer' ? (['agent', 'admin'] as const) : (['customer'] as const);
  const found =
    to === undefined
      ? wanted.flatMap((role) => there.filter((one) => one.role === role))[0]
      : there.find(({ uid }) => uid === to);
  if (found === undefined) throw offlineCallee();
  return found.uid;
};
