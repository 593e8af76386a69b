import type { Document, Sentence } from '../../protocol/documentation.ts';
import type { Fact, FactRange } from '../../protocol/facts.ts';
import { commandOf } from '../command-of.ts';
import { listed } from '../listed.ts';
import { explanationOf } from './descriptions.ts';
import { indexFacts } from './fact-index.ts';
import {
  commandUsage,
  isCommand,
  isCommandGroup,
  isMessageFact,
  nameOf,
  nounsOf,
  rewordedText,
} from './fact-names.ts';
import { foldFacts } from './fold-facts.ts';
import { isUnseen } from './internal-scopes.ts';
import { messageSentence } from './message-sentences.ts';
import { code, counted, plainText, quote } from './plain-text.ts';

/** What the range is called: its newest tag, or the beginning of its last commit's id. */
export const rangeTitle = ({ to }: FactRange): string => {
  const tag = to.tags.at(-1);
  return tag === undefined ? `Changes up to commit ${to.commit.slice(0, 7)}` : `Changes in ${plainText(tag)}`;
};

const idsOf = (facts: readonly Fact[]): string[] => facts.map(({ id }) => id);

const overviewOf = (facts: readonly Fact[]): Sentence[] => {
  const kinds: [Fact['kind'], string, string][] = [
    ['feature', 'new feature', 'new features'],
    ['improvement', 'improvement', 'improvements'],
    ['bug-fix', 'fix', 'fixes'],
  ];
  const counts = kinds
    .map(([kind, one, many]) => {
      const members = facts.filter((fact) => fact.kind === kind);
      return { members, text: counted(members.length, one, many) };
    })
    .filter(({ members }) => members.length > 0);
  if (counts.length === 0) return [];
  return [
    {
      text: `There ${counts[0]?.members.length === 1 ? 'is' : 'are'} ${listed(counts.map(({ text }) => text))}.`,
      facts: idsOf(counts.flatMap(({ members }) => members)),
    },
  ];
};

const wasCalled = (fact: Fact): string => {
  const texts = rewordedText(fact);
  return texts ? ` It was called ${quote(texts.before.text)} before.` : '';
};

/** Words that people press, follow, choose or fill in; an accessible name stands for words that show nowhere. */
const textStep = (fact: Fact): string | undefined => {
  const { after } = fact;
  if (after?.type !== 'text') return undefined;
  const place = `In ${code(after.component)}`;
  const element = after.element.toLowerCase();
  const names = after.role === 'text' || after.role === 'label';
  const does = (what: string) => `${place}, ${what} ${quote(after.text)}.${wasCalled(fact)}`;
  if (names && (element === 'button' || element === 'option')) return does('choose');
  if (names && element === 'a') return does('follow the link');
  const isField = element === 'label' || /^(input|textarea|select)$/.test(element);
  if ((names && isField) || after.role === 'placeholder') return does('fill in');
  return undefined;
};

const settingStep = (fact: Fact): string | undefined =>
  fact.after?.type === 'setting' && fact.change === 'added'
    ? `Set ${nameOf(fact)}.${explanationOf(fact.after)}`
    : undefined;

const flagStep = (fact: Fact): string | undefined => {
  const { after } = fact;
  if (after?.type !== 'flag' || after.form === 'command') return undefined;
  return `Use ${code(after.usage)} with ${code(commandOf(fact))}.${explanationOf(after)}`;
};

/** A command with what it takes, so that nobody reads of its options one by one. */
const commandStep = (fact: Fact, parts: readonly Fact[]): Sentence | undefined => {
  if (fact.after?.type !== 'flag' || fact.after.form !== 'command') return undefined;
  const usages = parts.flatMap(({ after }) => (after?.type === 'flag' ? [code(after.usage)] : []));
  const takes = usages.length === 0 ? '' : ` It takes ${listed(usages)}.`;
  const why = explanationOf(fact.after);
  if (takes === '' && why === '') return undefined;
  return { text: `Run ${code(commandUsage(fact))}.${why}${takes}`, facts: idsOf([fact, ...parts]) };
};

/** What to do to use a change, when it is something that can be done. */
const stepOf = (fact: Fact): Sentence | undefined => {
  if (fact.change === 'removed') return undefined;
  const text = flagStep(fact) ?? textStep(fact) ?? settingStep(fact);
  return text === undefined ? undefined : { text, facts: [fact.id] };
};

const isPartOf = (part: Fact, command: Fact): boolean =>
  part.kind === 'flag' && part.id !== command.id && commandOf(part) === command.subject && !isCommand(part);

/** What came with a new command is told with it; what came to one that people know is news by itself. */
const partsOf = (command: Fact, facts: readonly Fact[]): Fact[] =>
  command.change === 'added' && isCommand(command) ? facts.filter((part) => isPartOf(part, command)) : [];

/** What to do to use these changes, each thing once. */
export const stepsOf = (facts: readonly Fact[]): Sentence[] => {
  const present = facts.filter(({ change }) => change !== 'removed' && change !== 'stated');
  const told = new Set(present.flatMap((command) => idsOf(partsOf(command, present))));
  return present.flatMap((fact) => {
    if (told.has(fact.id)) return [];
    const parts = partsOf(fact, present);
    if (parts.length === 0 && isCommandGroup(fact, present)) return [];
    const step = isCommand(fact) ? commandStep(fact, parts) : stepOf(fact);
    return step === undefined ? [] : [step];
  });
};

const tipsOf = (facts: readonly Fact[]): Sentence[] => {
  const gone = facts.filter((fact) => fact.change === 'removed' || fact.change === 'renamed');
  return foldFacts(gone.filter((fact) => nounsOf(fact)[0] !== 'text'));
};

/** How many steps a page can have and still be followed. */
const maximumSteps = 40;

/** For the people who use the product: what is new for them, how to use it, and what they look for in vain. */
export const writeUserDocumentation = (
  facts: readonly Fact[],
  range: FactRange,
): Document['userDocumentation'] => {
  const forUsers = facts.filter((fact) => fact.audiences.includes('user'));
  const messages = forUsers.filter((fact) => isMessageFact(fact) && !isUnseen(fact));
  // What a feature brought for others, such as routes, its users need not read of.
  const known = indexFacts(forUsers);
  const features = messages
    .filter(({ kind }) => kind === 'feature')
    .map((fact) => messageSentence(fact, known));
  const counts = overviewOf(messages);
  const usable = forUsers.filter((fact) => !isMessageFact(fact));
  return {
    title: rangeTitle(range),
    overview: [...counts, ...features],
    steps: stepsOf(usable).slice(0, maximumSteps),
    tips: tipsOf(usable),
  };
};
