import type { Guest, Movement } from './crowd.ts';
import type { Drawn } from './drawing.ts';

export const dialectNames = ['raw', 'relay', 'proofdesk', 'hocuspocus'] as const;
export type DialectName = (typeof dialectNames)[number];

/** What a generator can be told to do, each with a crowd that it knows by name. */
export interface Orders {
  open: { dialect: DialectName; guests: readonly Guest[] };
  move: { perSecond: number; windowMs: number };
  draw: { perSecond: number; windowMs: number };
  /** Both at the same time. */
  work: { movesPerSecond: number; strokesPerSecond: number; windowMs: number };
  close: Record<never, never>;
}

/** What it answers. */
export interface Results {
  open: undefined;
  move: Movement;
  draw: Drawn;
  work: { movement: Movement; drawn: Drawn };
  close: undefined;
}

export type OrderName = keyof Orders;

/** An order as it is sent to the process. */
export type Order = { [Name in OrderName]: { name: Name; crowd: string; order: Orders[Name] } }[OrderName];

export type Answer = { result: Results[OrderName] } | { error: string };
