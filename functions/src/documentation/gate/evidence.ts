import type { Fact, FactRange } from '../../protocol/facts.ts';
import { countsOf } from './counts.ts';

/** What facts prove, by the side of the change on which it is true; gathered when it is asked for. */
export interface Evidence {
  /** Texts that are true of what was. */
  readonly before: string[];
  /** Texts that are true of what is. */
  readonly after: string[];
  /** Texts that hold whatever changed: what people wrote, and where things belong. */
  readonly neutral: string[];
  /** What people wrote, for the words of a sentence that repeats it. */
  readonly statements: string[];
  /** Numbers that counting the facts gives. */
  readonly counts: ReadonlySet<number>;
  facts: readonly Fact[];
  /** What some of the facts prove by themselves. */
  of(some: readonly Fact[]): Evidence;
}

const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
};

/** A text on the screen is named by what it says, which is on one side only. */
const ownNames = ({ kind, name, subject }: Fact): string[] => (kind === 'ui-text' ? [] : [name, subject]);

const beforeOf = (fact: Fact): string[] => {
  if (fact.change === 'added' || fact.change === 'stated') return [];
  const names = fact.previousName === undefined ? ownNames(fact) : [fact.previousName];
  return [...names, ...textsOf(fact.before)];
};

const afterOf = (fact: Fact): string[] =>
  fact.change === 'removed' || fact.change === 'stated' ? [] : [...ownNames(fact), ...textsOf(fact.after)];

const neutralOf = (fact: Fact): string[] => [
  fact.scope ?? '',
  fact.file ?? '',
  String(fact.line ?? ''),
  fact.commit.slice(0, 12),
  ...fact.references.map(({ text }) => text),
];

const descriptionsOf = ({ before, after }: Fact): string[] =>
  [before, after].flatMap((side) => {
    if (side?.type === 'route') return [side.summary ?? ''];
    const described = side?.type === 'api' || side?.type === 'setting' || side?.type === 'flag';
    return described ? [side.description ?? ''] : [];
  });

/** What people wrote, in messages and in the code beside what it is about. */
const saidBy = (fact: Fact): string[] => [
  fact.statement ?? '',
  ...fact.details,
  stated(fact),
  ...descriptionsOf(fact),
];

const stated = (fact: Fact): string => (fact.change === 'stated' ? fact.name : '');

const filled = (texts: readonly string[]): string[] => texts.filter((text) => text !== '');

const tagsOf = (range: FactRange | undefined): string[] =>
  range === undefined ? [] : [...range.to.tags, range.to.commit.slice(0, 7)];

const once = <Value>(make: () => Value): (() => Value) => {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** Everything that a sentence may say when it rests on these facts. */
export const evidenceOf = (facts: readonly Fact[], range?: FactRange): Evidence => {
  const before = once(() => filled(facts.flatMap(beforeOf)));
  const after = once(() => filled(facts.flatMap(afterOf)));
  const statements = once(() => filled(facts.flatMap(saidBy)));
  const neutral = once(() => filled([...facts.flatMap(neutralOf), ...statements(), ...tagsOf(range)]));
  const counts = once(() => countsOf(facts));
  const own: Evidence = {
    get before() {
      return before();
    },
    get after() {
      return after();
    },
    get statements() {
      return statements();
    },
    get neutral() {
      return neutral();
    },
    get counts() {
      return counts();
    },
    facts,
    of: (some) => (some.length === facts.length ? own : evidenceOf(some, range)),
  };
  return own;
};
