import type { Clause } from './clauses.ts';
import type { Directions } from './direction.ts';
import type { Scope } from './scopes.ts';

/** Why a sentence may not be said. */
export interface Objection {
  kind:
    | 'unsupported-name'
    | 'wrong-side'
    | 'wrong-direction'
    | 'wrong-count'
    | 'wrong-answer'
    | 'unsupported-word'
    | 'unsupported-claim';
  /** The name or word it is about. */
  name: string;
}

/** A part of a text with what it claims, and the facts that it claims it of. */
export interface Said {
  clause: Clause;
  directions: Directions;
  scope: Scope;
}
