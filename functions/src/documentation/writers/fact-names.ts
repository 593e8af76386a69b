import type { FlagSide, TextSide } from '../../protocol/fact-sides.ts';
import type { Fact } from '../../protocol/facts.ts';
import { commandOf } from '../command-of.ts';
import { code, quote } from './plain-text.ts';

const apiNouns: Record<string, [string, string]> = {
  function: ['function', 'functions'],
  class: ['class', 'classes'],
  interface: ['interface', 'interfaces'],
  type: ['type', 'types'],
  enum: ['enumeration', 'enumerations'],
  constant: ['constant', 'constants'],
  namespace: ['namespace', 'namespaces'],
  're-export': ['re-exported package', 're-exported packages'],
  unknown: ['export', 'exports'],
};

const flagNouns: Record<string, [string, string]> = {
  command: ['command', 'commands'],
  option: ['option', 'options'],
  argument: ['argument', 'arguments'],
};

const sideOf = ({ before, after }: Fact) => after ?? before;

const kindNouns: Record<string, [string, string]> = {
  route: ['route', 'routes'],
  component: ['component', 'components'],
  'ui-text': ['text', 'texts'],
  configuration: ['setting', 'settings'],
  dependency: ['dependency', 'dependencies'],
};

/** What a fact is about, in one word and in its plural. */
export const nounsOf = (fact: Fact): [string, string] => {
  const side = sideOf(fact);
  if (side?.type === 'api')
    return side.isDefault
      ? ['default export', 'default exports']
      : (apiNouns[side.form] ?? ['export', 'exports']);
  if (side?.type === 'flag') return flagNouns[side.form] ?? ['option', 'options'];
  if (side?.type === 'dependency') return dependencyNouns[side.group] ?? ['dependency', 'dependencies'];
  if (side?.type === 'text') return textNouns(side.element, side.role);
  return kindNouns[fact.kind] ?? ['change', 'changes'];
};

const dependencyNouns: Record<string, [string, string]> = {
  engines: ['required version of', 'required versions of'],
  peerDependencies: ['peer dependency', 'peer dependencies'],
  optionalDependencies: ['optional dependency', 'optional dependencies'],
};

const elementNouns: Record<string, [string, string]> = {
  button: ['button', 'buttons'],
  a: ['link', 'links'],
  h1: ['heading', 'headings'],
  h2: ['heading', 'headings'],
  h3: ['heading', 'headings'],
  option: ['choice', 'choices'],
  label: ['label', 'labels'],
};

const textNouns = (element: string, role: string): [string, string] => {
  if (role === 'placeholder') return ['hint', 'hints'];
  if (role === 'link') return ['link', 'links'];
  return elementNouns[element.toLowerCase()] ?? (role === 'label' ? ['label', 'labels'] : ['text', 'texts']);
};

/** The name of what a fact is about: code, or the words on the screen. */
export const nameOf = (fact: Fact): string => {
  const side = sideOf(fact);
  if (side?.type === 'text') return quote(side.text);
  if (side?.type === 'flag') return flagName(fact, side);
  return code(fact.name);
};

/** All words of a command with what it takes: `shop print <file>`. */
export const commandUsage = (fact: Fact): string => {
  const usage = fact.after?.type === 'flag' ? fact.after.usage : fact.name;
  return [commandOf(fact), usage].filter(Boolean).join(' ');
};

export const isCommand = ({ after }: Fact): boolean => after?.type === 'flag' && after.form === 'command';

/** A command that only holds others: by itself it does nothing. */
export const isCommandGroup = (command: Fact, facts: readonly Fact[]): boolean =>
  isCommand(command) &&
  facts.some((other) => isCommand(other) && other.subject.startsWith(`${command.subject} `));

/** A command by all of its words; an option or argument by itself, its command being its place. */
const flagName = (fact: Fact, side: FlagSide): string => {
  if (side.form === 'command') return code(fact.subject);
  return code(side.form === 'argument' ? side.usage : fact.name);
};

/** Where it belongs, when that says more than its name: the package or the component. */
export const placeOf = (fact: Fact): string | undefined => {
  const side = sideOf(fact);
  if (side?.type === 'api') return code(side.entry);
  if (side?.type === 'text') return code(side.component);
  if (side?.type === 'flag' && side.form !== 'command') return code(commandOf(fact));
  if (side?.type === 'dependency' && side.package !== undefined) return code(side.package);
  return undefined;
};

const areaByKind: Record<string, string> = {
  route: 'REST API',
  api: 'Library',
  component: 'Components',
  'ui-text': 'User interface',
  configuration: 'Settings',
  flag: 'Command line',
  dependency: 'Dependencies',
};

/** The part of the product that a fact belongs to, for headings. */
export const areaOf = (fact: Fact): string => areaByKind[fact.kind] ?? 'Other';

export const isMessageFact = ({ change }: Fact): boolean => change === 'stated';

/** A version of the platform that is required, which nobody adds or takes away like a dependency. */
export const isEngine = (fact: Fact): boolean => {
  const side = sideOf(fact);
  return side?.type === 'dependency' && side.group === 'engines';
};

/** Both sides of a text on the screen that reads otherwise now. */
export const rewordedText = ({ before, after }: Fact): Record<'before' | 'after', TextSide> | undefined =>
  before?.type === 'text' && after?.type === 'text' && before.text !== after.text
    ? { before, after }
    : undefined;
