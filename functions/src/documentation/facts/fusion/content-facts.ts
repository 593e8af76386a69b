import type { Fact } from '../../../protocol/facts.ts';
import type { SurfaceChange } from '../change/change.ts';
import { changeEffect } from '../change/change-effect.ts';
import { factId } from '../fact.ts';
import type { SurfaceElement } from '../surface/surface-element.ts';
import { type Attribution, attributeChange } from './attribute-change.ts';
import type { CommitNote } from './commit-note.ts';
import type { PartHistory } from './part-history.ts';

interface Found {
  change: SurfaceChange;
  element: SurfaceElement;
  effect: ReturnType<typeof changeEffect>;
}

const referencesOf = (commits: readonly CommitNote[], { commit }: Attribution): Fact['references'] => {
  const entries = commit === undefined ? [] : (commits[commit]?.reading.entries ?? []);
  const [only] = entries;
  return entries.length === 1 && only ? only.references : [];
};

const createFact = (
  { change, element, effect }: Found,
  attribution: Attribution,
  commits: readonly CommitNote[],
  fallback: string,
): Fact => {
  const { before, after } = change;
  const { kind, subject, name } = element;
  const isRenamed = before && after && before.name !== after.name && kind !== 'ui-text';
  return {
    id: factId({ kind, subject }),
    kind,
    change: change.change,
    ...effect,
    subject,
    name,
    ...(isRenamed ? { previousName: before.name } : {}),
    ...(element.scope ? { scope: element.scope } : {}),
    audiences: element.audiences,
    ...(before ? { before: before.side } : {}),
    ...(after ? { after: after.side } : {}),
    details: [],
    commit: commits[attribution.commit ?? -1]?.id ?? fallback,
    furtherCommits: attribution.further.flatMap((position) => commits[position]?.id ?? []),
    file: element.file,
    line: element.line,
    evidence: element.evidence,
    references: referencesOf(commits, attribution),
    related: [],
  };
};

interface ContentFactsOptions {
  changes: readonly SurfaceChange[];
  commits: readonly CommitNote[];
  history: PartHistory;
  /** Stands for the commit where none of the range shows the change. */
  fallback: string;
}

/** Facts of what the content shows, each with the commits behind it; what differs for nobody is none. */
export const contentFacts = ({ changes, commits, history, fallback }: ContentFactsOptions): Fact[] =>
  changes.flatMap((change) => {
    const element = change.after ?? change.before;
    const effect = changeEffect(change);
    if (!element || (change.change === 'changed' && effect.differences.length === 0)) return [];
    return [createFact({ change, element, effect }, attributeChange(change, history), commits, fallback)];
  });
