import type { Side } from './direction.ts';
import type { Evidence } from './evidence.ts';
import type { Objection, Said } from './objection.ts';
import { isOneOf, occursInParts } from './occurs.ts';

const textsOn = ({ before, after, neutral }: Evidence, side: Side): string[] => {
  if (side === 'before') return [...before, ...neutral];
  return side === 'after' ? [...after, ...neutral] : [...before, ...after, ...neutral];
};

/** What is gone may only be told as such: "use `--all`" is said of an option that is there. */
const isOnlyPast = (name: string, { before, after, neutral }: Evidence): boolean => {
  if (occursInParts(name, neutral)) return false;
  const isReplaced = isOneOf(name, before) && !isOneOf(name, after);
  return isReplaced || (occursInParts(name, before) && !occursInParts(name, after));
};

/** "Save" stands in "Save order" too: a name that is all of what was or is said on one side belongs there. */
const belongsOnOther = (name: string, evidence: Evidence, side: Side): boolean => {
  if (side === 'either') return isOnlyPast(name, evidence);
  const { before, after } = evidence;
  const [own, other] = side === 'before' ? [before, after] : [after, before];
  return isOneOf(name, other) && !isOneOf(name, own);
};

const isCount = (name: string, evidence: Evidence): boolean =>
  /^\d+$/.test(name) && evidence.counts.has(Number(name));

/** Names that the facts do not hold, or hold on the other side of the change only. */
export const nameObjections = ({ clause, directions: { sides }, scope }: Said, all: Evidence): Objection[] =>
  clause.names.flatMap((name, index): Objection[] => {
    if (isCount(name, all)) return [];
    const evidence = all.of(scope.ofName[index] ?? []);
    if (!occursInParts(name, textsOn(evidence, 'either'))) return [{ kind: 'unsupported-name', name }];
    const side = sides[index] ?? 'either';
    const fits = occursInParts(name, textsOn(evidence, side)) && !belongsOnOther(name, evidence, side);
    return fits ? [] : [{ kind: 'wrong-side', name }];
  });

/** One fact must tell that the one took the place of the other: two facts may not lend each other their sides. */
export const pairObjections = ({ clause, directions: { pairs }, scope }: Said, all: Evidence): Objection[] =>
  pairs.flatMap(([before, after]): Objection[] => {
    const [was = '', is = ''] = [clause.names[before], clause.names[after]];
    const isTold = scope.facts.some((fact) => {
      const evidence = all.of([fact]);
      return occursInParts(was, textsOn(evidence, 'before')) && occursInParts(is, textsOn(evidence, 'after'));
    });
    return isTold ? [] : [{ kind: 'wrong-side', name: is }];
  });
