import type { FactSide } from '../../../protocol/fact-sides.ts';
import type { FactAudience, FactEvidence, FactKind, Unresolved } from '../../../protocol/facts.ts';
import type { MemberUse } from '../change/type-change.ts';

/** A part of one file's summary on which an element rests; when it changes, the element may have changed. */
export interface Trace {
  file: string;
  /** As `partsOf` names it. */
  key: string;
}

/** One thing that the product offers at one commit. */
export interface SurfaceElement {
  kind: FactKind;
  subject: string;
  name: string;
  scope?: string;
  side: FactSide;
  file: string;
  line: number;
  evidence: Exclude<FactEvidence, 'message'>;
  audiences: FactAudience[];
  /** Others may rely on it, so that taking it away breaks them. */
  isPublic: boolean;
  /** Equal for two that are the same but for their name. */
  likeness?: string;
  /** Equal for two that stand in the same place of the code, whatever they are called from outside. */
  place?: string;
  /** Whether others hand over a type, are given it, or both; absent where no signature tells. */
  use?: MemberUse;
  /** Of a route, what its routers use before all that is below them. */
  shared?: string[] | undefined;
  traces: Trace[];
}

/** Everything that the product offers at one commit, by kind and subject. */
export interface Surface {
  elements: Map<string, SurfaceElement>;
  unresolved: Unresolved[];
}

export const elementKey = ({ kind, subject }: Pick<SurfaceElement, 'kind' | 'subject'>): string =>
  `${kind}\n${subject}`;
