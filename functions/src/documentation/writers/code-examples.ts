import type { CodeText, Example } from '../../protocol/documentation.ts';
import type { ApiSide, FactMember, FactSide, FlagSide, RouteSide } from '../../protocol/fact-sides.ts';
import type { Fact } from '../../protocol/facts.ts';
import { commandOf } from '../command-of.ts';
import { defaultOf } from './descriptions.ts';
import { isCommand, isCommandGroup, isMessageFact, nameOf, nounsOf } from './fact-names.ts';
import { codeText } from './plain-text.ts';

const neededNames = (members: readonly FactMember[]): string[] =>
  members.filter(({ required }) => required).map(({ name }) => name);

/** A name that can stand in code as it is: patterns such as `{ a, b }` cannot. */
export const isIdentifier = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name);

const callOf = (side: ApiSide, name: string): string | undefined => {
  const names = neededNames(side.parameters);
  // A default export without a name has none that code could use.
  if (name === 'default' || !isIdentifier(name) || !names.every(isIdentifier)) return undefined;
  const given = names.join(', ');
  if (side.form === 'class' && side.signature.startsWith('abstract ')) return undefined;
  if (side.form === 'class') return `new ${name}(${given});`;
  if (side.form !== 'function') return undefined;
  return side.returns?.startsWith('Promise<') === true ? `await ${name}(${given});` : `${name}(${given});`;
};

const settingExample = (name: string, value: string | undefined): CodeText | undefined =>
  value === undefined ? undefined : { language: 'sh', text: `${name}=${codeText(value)}` };

const apiExample = (side: ApiSide, name: string): CodeText | undefined => {
  const call = callOf(side, name);
  if (call === undefined) return undefined;
  const taken = side.isDefault ? name : `{ ${name} }`;
  return { language: 'ts', text: `import ${taken} from '${codeText(side.entry)}';\n\n${call}` };
};

/** Where a field goes: `query`, `header` or `body`, as the document has it. */
const fieldsIn = (place: string, { parameters }: RouteSide): string[] =>
  parameters
    .filter(({ required, name }) => required && name.startsWith(`${place}.`))
    .map(({ name }) => codeText(name.slice(place.length + 1)));

/** A request with what it cannot do without. */
export const requestOf = (side: RouteSide): string => {
  const query = fieldsIn('query', side).map((name) => `${name}={${name}}`);
  const headers = fieldsIn('header', side).map((name) => `${name}: {${name}}`);
  const body = fieldsIn('body', side).map((name) => `${JSON.stringify(name)}: {${name}}`);
  const line = `${codeText(`${side.method} ${side.path}`)}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  return [line, ...headers, ...(body.length === 0 ? [] : ['', `{ ${body.join(', ')} }`])].join('\n');
};

/** Parameters of the path stand as variables of the shell; what else it cannot do without stands in the request. */
const routeExample = (side: RouteSide): CodeText => {
  if (side.parameters.some(({ required }) => required)) return { language: 'http', text: requestOf(side) };
  const path = side.path.replace(/:([A-Za-z_]\w*)/g, '$$$1');
  return { language: 'sh', text: codeText(`curl -X ${side.method} "$BASE_URL${path}"`) };
};

/** `command` is all of its words; an option is written in its long form. */
const flagExample = ({ form, usage }: FlagSide, command: string): CodeText => {
  const words = form === 'command' ? [command] : [command, usage.split(/,\s*/).at(-1)];
  return { language: 'sh', text: codeText(words.join(' ')) };
};

/** How something is used, made of nothing but its own names; undefined when it is not used by code. */
export const exampleOf = (side: FactSide, fact: Fact): CodeText | undefined => {
  const { name } = fact;
  switch (side.type) {
    case 'api':
      return apiExample(side, name);
    case 'route':
      return routeExample(side);
    case 'flag':
      return flagExample(side, side.form === 'command' ? fact.subject : commandOf(fact));
    case 'setting':
      return settingExample(name, defaultOf(side) ?? side.example);
    case 'dependency':
    case 'component':
    case 'text':
      return undefined;
  }
};

/** Examples of one sort: the reader knows how it goes after a few. */
const examplesOfKind = 6;

/** Options and arguments are seen in the documentation of their command; what one takes is known of new ones only. */
const isWorthAnExample = (fact: Fact): boolean => {
  if (fact.after?.type !== 'flag') return !isMessageFact(fact);
  return fact.after.form === 'command' ? fact.change === 'added' : fact.breaking;
};

const isOption = ({ after }: Fact): boolean => after?.type === 'flag' && after.form === 'option';

/** What a command cannot do without: arguments, then options, in the order of their places in the code. */
const neededParts = (command: Fact, facts: readonly Fact[]): Fact[] =>
  facts
    .filter((part) => {
      const isNeeded = part.after?.type === 'flag' && part.after.form !== 'command' && part.after.required;
      return isNeeded && commandOf(part) === command.subject;
    })
    .toSorted(
      (one, other) => Number(isOption(one)) - Number(isOption(other)) || (one.line ?? 0) - (other.line ?? 0),
    );

/** In its long form. */
const usageOf = ({ after }: Fact): string =>
  after?.type === 'flag' ? (after.usage.split(/,\s*/).at(-1) ?? '') : '';

/** Arguments that the command's own words hold: `print <file>`. */
const ownArguments = ({ after }: Fact): string[] =>
  after?.type === 'flag' ? (after.usage.match(/<[^>]+>/g) ?? []) : [];

const exampleAbout = (fact: Fact, facts: readonly Fact[]): Example | undefined => {
  const code = fact.after && exampleOf(fact.after, fact);
  if (code === undefined || isCommandGroup(fact, facts)) return undefined;
  const needed = isCommand(fact) ? neededParts(fact, facts) : [];
  const own = isCommand(fact) ? ownArguments(fact) : [];
  const text = [code.text, ...[...own, ...needed.map(usageOf)].map(codeText)].join(' ');
  return {
    title: { text: `How to use the ${nounsOf(fact)[0]} ${nameOf(fact)}.`, facts: [fact.id] },
    code: { ...code, text },
    facts: [fact, ...needed].map(({ id }) => id),
  };
};

/** Examples of what is new or was changed, made of real signatures, routes, options and settings. */
export const writeExamples = (facts: readonly Fact[]): Example[] =>
  facts
    .filter(isWorthAnExample)
    .flatMap((fact) => {
      const example = exampleAbout(fact, facts);
      return example === undefined ? [] : [{ kind: fact.kind, example }];
    })
    .filter(({ kind }, index, all) => {
      const before = all.slice(0, index).filter((other) => other.kind === kind);
      return before.length < examplesOfKind;
    })
    .map(({ example }) => example);
