import type { CodeText } from '../../protocol/documentation.ts';
import type { ApiSide, FactMember, FactSide } from '../../protocol/fact-sides.ts';
import type { Fact } from '../../protocol/facts.ts';
import { exampleOf, isIdentifier, requestOf } from './code-examples.ts';
import { codeText } from './plain-text.ts';

/** The two sides of a change: the one to be shown, and the one it is compared with. */
interface Sides {
  shown: FactSide | undefined;
  other: FactSide | undefined;
}

const sameMember = (one: FactMember, other: FactMember): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What only this side has: the rest says nothing of the change. */
const ownMembers = (members: readonly FactMember[], others: readonly FactMember[]): FactMember[] =>
  members.filter((member) => !others.some((other) => sameMember(member, other)));

const keyOf = (name: string): string => (isIdentifier(name) ? name : JSON.stringify(name));

const memberLine = ({ name, type, required }: FactMember): string =>
  `${keyOf(name)}${required ? '' : '?'}: ${type ?? 'unknown'};`;

const choiceLine = ({ name, default: value }: FactMember): string =>
  `${keyOf(name)}${value === undefined ? '' : ` = ${value}`},`;

const parameterText = ({ name, type, required, default: value }: FactMember): string =>
  `${name}${required || value !== undefined || name.startsWith('...') ? '' : '?'}${type ? `: ${type}` : ''}${value === undefined ? '' : ` = ${value}`}`;

const linesOf = (side: ApiSide, other: ApiSide | undefined): string[] => {
  const members = ownMembers(side.members, other?.members ?? []);
  if (side.form === 'enum') return members.map(choiceLine);
  const made = JSON.stringify(side.parameters) !== JSON.stringify(other?.parameters ?? []);
  const maker = made ? [`constructor(${side.parameters.map(parameterText).join(', ')});`] : [];
  return [...maker, ...members.map(memberLine)];
};

/** A declaration with the members in which it differs from the other one. */
const declarationOf = (side: ApiSide, other: FactSide | undefined): string => {
  const lines = linesOf(side, other?.type === 'api' ? other : undefined).map(codeText);
  const head = codeText(side.signature);
  const isList = side.form !== 'function' && side.form !== 'constant';
  if (!isList || lines.length === 0) return head;
  const opening =
    side.form === 'type' ? `${head} = {` : `${side.form === 'class' ? 'declare ' : ''}${head} {`;
  return [opening, ...lines.map((line) => `  ${line}`), '}'].join('\n');
};

const definitionOf = ({ shown, other }: Sides, fact: Fact): CodeText | undefined => {
  if (shown === undefined) return undefined;
  if (shown.type === 'api') return { language: 'ts', text: declarationOf(shown, other) };
  if (shown.type === 'route') return { language: 'http', text: requestOf(shown) };
  return exampleOf(shown, fact);
};

/** The code before and after a change; nothing when it would look the same on both sides. */
export const definitionsOf = (fact: Fact): { before?: CodeText; after?: CodeText } => {
  const before = definitionOf({ shown: fact.before, other: fact.after }, fact);
  const after = definitionOf({ shown: fact.after, other: fact.before }, fact);
  if (before?.text === after?.text) return {};
  return { ...(before && { before }), ...(after && { after }) };
};
