import type { FactMember, FactSide } from '../../protocol/fact-sides.ts';
import type { Fact } from '../../protocol/facts.ts';
import type { Clause } from './clauses.ts';
import type { Evidence } from './evidence.ts';

/** Plain words that turn a sentence round or widen it; each needs something that says so. */
const claims = {
  denies: /\b(not|never|no|none|nobody|nothing|neither|nor|nowhere|cannot|without|hardly)\b|n['’]t\b/i,
  generalises: /\b(all|every(?! use\b)|everything|everybody|everyone|everywhere|both|always)\b/i,
  demands: /\b(required|mandatory|must|needs?|needed)\b/i,
  allows: /\b(optional|optionally)\b/i,
} as const;

type Claim = keyof typeof claims;

/** Whether somebody wrote it, or a difference that was found says it. */
const isSaid = (claim: Claim, { statements, facts }: Evidence): boolean =>
  [...statements, ...facts.flatMap(({ differences }) => differences)].some((text) =>
    claims[claim].test(text),
  );

const membersOf = (side: FactSide | undefined): readonly FactMember[] => {
  if (side?.type === 'api') return [...side.parameters, ...side.members];
  if (side?.type === 'component') return side.properties;
  return side?.type === 'route' ? side.parameters : [];
};

/** Whether it must be there or given; undefined where that is not known. */
const isNeeded = (side: FactSide | undefined): boolean | undefined => {
  if (side?.type === 'dependency') return side.group === 'engines' || side.group === 'peerDependencies';
  return side?.type === 'setting' || side?.type === 'flag' ? side.required : undefined;
};

/** What is known of need, of everything that the clause names; without a name, of the facts themselves. */
const needsOf = ({ names }: Clause, facts: readonly Fact[]): boolean[] =>
  facts.flatMap(({ name, after }) => {
    const members = membersOf(after).filter((member) => names.includes(member.name));
    const own = names.length === 0 || names.includes(name) ? isNeeded(after) : undefined;
    return [...members.map(({ required }) => required), ...(own === undefined ? [] : [own])];
  });

const isProven = (claim: Claim, clause: Clause, evidence: Evidence): boolean => {
  if (claim === 'demands') return needsOf(clause, evidence.facts).includes(true);
  return claim === 'allows' && needsOf(clause, evidence.facts).includes(false);
};

/** Denials that only say that something went: whether it did is checked apart. */
const goings =
  /\bno longer\b|\b(?:do|does) not exist(?: any ?more)?|\b(?:not|no|never|none|nobody|nothing|cannot)\b[^.;]*?\bany ?more\b|\b(?:do|does) without\b/gi;

/** The words of a clause that claim more than is known; `isGone`: that something went has been checked already. */
export const unsupportedClaims = (clause: Clause, evidence: Evidence, isGone: boolean): string[] =>
  (Object.keys(claims) as Claim[]).flatMap((claim) => {
    const words = claim === 'denies' && isGone ? clause.words.replace(goings, ' ') : clause.words;
    const [word] = claims[claim].exec(words) ?? [];
    if (word === undefined) return [];
    return isSaid(claim, evidence) || isProven(claim, clause, evidence) ? [] : [word];
  });
