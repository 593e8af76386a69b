import type { Fact } from '../../protocol/facts.ts';
import type { Clause } from './clauses.ts';
import { isOneOf } from './occurs.ts';

/** What a clause speaks of, where a text rests on several facts. */
export interface Scope {
  /** The facts it names; those of the clause before it when it names none; all when nothing was named yet. */
  facts: readonly Fact[];
  /** The same for each of its names: what stands beside a subject is said of that one. */
  ofName: (readonly Fact[])[];
}

/** How a text may call what a fact is about. */
const callsOf = ({ name, previousName = name, subject, before, after }: Fact): string[] => [
  name,
  previousName,
  subject,
  ...[before, after].flatMap((side) => {
    if (side?.type === 'text') return [side.text];
    return side?.type === 'flag' ? [side.usage] : [];
  }),
];

const isStated = ({ change }: Fact): boolean => change === 'stated';

/** Scopes of the clauses of one text, in their order. What people wrote holds everywhere. */
export const scopesOf = (clauses: readonly Clause[], facts: readonly Fact[]): Scope[] => {
  const shown = facts.filter((fact) => !isStated(fact));
  if (shown.length < 2) return clauses.map(({ names }) => ({ facts, ofName: names.map(() => facts) }));
  const calls = new Map(shown.map((fact) => [fact, callsOf(fact)]));
  const withSaid = (some: readonly Fact[]): Fact[] =>
    facts.filter((fact) => isStated(fact) || some.includes(fact));
  let current: readonly Fact[] = shown;
  return clauses.map(({ names }) => {
    const meant = names.map((name) => shown.filter((fact) => isOneOf(name, calls.get(fact) ?? [])));
    const subjects = meant.filter((some) => some.length > 0);
    let beside = subjects[0] ?? current;
    const ofName = meant.map((some) => {
      if (some.length > 0) beside = some;
      return withSaid(beside);
    });
    if (subjects.length > 0) current = shown.filter((fact) => subjects.some((some) => some.includes(fact)));
    return { facts: withSaid(current), ofName };
  });
};
