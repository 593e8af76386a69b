import type { Node } from 'oxc-parser';
import type { ModuleExport, SettingFound, UnresolvedFound } from '../file-summary.ts';
import { constantText, constantValue } from './constants.ts';
import { createDemands, refuses } from './demanded-values.ts';
import { roundsAround } from './rounds.ts';
import { helperAround } from './setting-helpers.ts';
import type { SourceIndex } from './source-index.ts';
import { briefText, dottedName, encloses, lineOf, nameOf, type SourceFile, unwrapped } from './syntax.ts';

/** Variables of the platform, not of the product. */
const platform = new Set([
  'NODE_ENV',
  'PATH',
  'HOME',
  'CI',
  'TERM',
  'TZ',
  'PWD',
  'SHELL',
  'USER',
  'MODE',
  'DEV',
  'PROD',
  'SSR',
  'BASE_URL',
  'INIT_CWD',
  'LANG',
  'LOGNAME',
  'USERNAME',
  'HOSTNAME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'APPDATA',
  'LOCALAPPDATA',
  'USERPROFILE',
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
]);
const ofPlatform = (name: string): boolean => platform.has(name) || /^(npm_|VITEST)/.test(name);

const environments = new Set(['process.env', 'import.meta.env', 'Bun.env']);

export interface SettingsFound {
  settings: SettingFound[];
  unresolved: UnresolvedFound[];
}

/** The value that stands in when the variable is unset: `… ?? value`, `… || value`. */
const fallbackOf = (index: SourceIndex, node: Node): Node | undefined => {
  const parent = index.parents.get(node);
  if (!parent) return undefined;
  if (unwrapped(parent) !== parent) return fallbackOf(index, parent);
  const isFallback = parent.type === 'LogicalExpression' && parent.left === node && parent.operator !== '&&';
  if (isFallback) return parent.right;
  // Number(process.env.X) ?? 3 and the like.
  const isConversion =
    parent.type === 'CallExpression' &&
    /^(Number|String|Boolean|parseInt|Number\.parseInt)$/.test(dottedName(parent.callee) ?? '');
  return isConversion ? fallbackOf(index, parent) : undefined;
};

/** A literal, also one that a constant stands for; else what the code says. */
const fallbackText = (file: SourceFile, index: SourceIndex, fallback: Node): string => {
  const value = constantValue(index, fallback);
  return constantText(index, value) ?? briefText(file, value.type === 'Literal' ? value : fallback, 80);
};

const setting = (
  { file, index, isDemanded }: Reading,
  name: string,
  node: Node,
  fallback: Node | undefined,
  isNeeded = isDemanded(node),
): SettingFound[] => {
  if (ofPlatform(name)) return [];
  const required = (fallback && refuses(fallback)) || isNeeded;
  const value = fallback && !required ? fallbackText(file, index, fallback) : undefined;
  const side: SettingFound['side'] = {
    type: 'setting',
    ...(value === undefined ? {} : { default: value }),
    ...(required ? { required } : {}),
  };
  return [{ name, line: lineOf(file, node.start), side, heuristic: false }];
};

interface Reading {
  file: SourceFile;
  index: SourceIndex;
  exports: readonly ModuleExport[];
  isDemanded: (node: Node) => boolean;
}

type Member = Extract<Node, { type: 'MemberExpression' }>;

const unread = (file: SourceFile, node: Node): UnresolvedFound => ({
  what: 'setting',
  subject: briefText(file, node, 80),
  reason: 'The name of the environment variable is known at run time only.',
  line: lineOf(file, node.start),
});

/** `process.env.NAME` and `process.env['NAME']` */
const readMember = (reading: Reading, node: Member): SettingsFound => {
  const { file, index } = reading;
  if (!environments.has(dottedName(node.object) ?? '')) return { settings: [], unresolved: [] };
  const name = node.computed ? constantText(index, node.property) : nameOf(node.property);
  if (name !== undefined)
    return { settings: setting(reading, name, node, fallbackOf(index, node)), unresolved: [] };
  return (
    readThroughHelper(reading, node) ??
    readInRounds(reading, node) ?? { settings: [], unresolved: [unread(file, node)] }
  );
};

/** `for (const name of ['A', 'B']) use(process.env[name])` */
const readInRounds = (reading: Reading, node: Member): SettingsFound | undefined => {
  const rounds = roundsAround(reading.index, node);
  const names = rounds.map((round) => constantText(round.index, node.property));
  if (names.length === 0 || !names.every((name) => name !== undefined)) return undefined;
  return { settings: names.flatMap((name) => setting(reading, name, node, undefined)), unresolved: [] };
};

/** What the calls of a helper read, when the variable is one that it is given; undefined when it is none. */
const readThroughHelper = (reading: Reading, node: Member): SettingsFound | undefined => {
  const { file, index, exports } = reading;
  const helper = helperAround(index, node);
  if (!helper) return undefined;
  const inner = fallbackOf(index, node);
  const settings: SettingFound[] = [];
  const isGiven = exports.some(({ local }) => local === helper.name);
  const unresolved = isGiven ? [unread(file, node)] : [];
  const isNeededWithin = helper.calls.length > 0 && isDemandedWithin(reading, node, helper.name);
  for (const call of helper.calls) {
    const name = constantText(index, call.arguments[helper.argument]);
    const fallback = (inner && helper.given(call, inner)) ?? fallbackOf(index, call);
    const isNeeded = !fallback && (isNeededWithin || reading.isDemanded(call));
    if (name === undefined) unresolved.push(unread(file, call));
    else settings.push(...setting(reading, name, call, fallback, isNeeded));
  }
  return { settings, unresolved };
};

/** Whether a helper ends without a value: the variable of its own that holds it is tested. */
const isDemandedWithin = ({ index, isDemanded }: Reading, node: Member, helper: string): boolean => {
  const holder = index.declarators.find(
    ({ node: { init }, scopes }) => scopes.at(-1) === helper && init && encloses(init, node),
  );
  return isDemanded(node) || (holder !== undefined && isDemanded(holder.node));
};

/** `const { NAME = value } = process.env` */
const readPattern = (
  reading: Reading,
  node: Extract<Node, { type: 'VariableDeclarator' }>,
): SettingFound[] => {
  if (node.id.type !== 'ObjectPattern' || !node.init || !environments.has(dottedName(node.init) ?? ''))
    return [];
  return node.id.properties.flatMap((property): SettingFound[] => {
    const name = property.type === 'Property' ? nameOf(property.key) : undefined;
    if (property.type !== 'Property' || !name) return [];
    const fallback = property.value.type === 'AssignmentPattern' ? property.value.right : undefined;
    return setting(reading, name, property, fallback);
  });
};

/** Environment variables that a module reads. */
export const readEnvironmentVariables = (
  file: SourceFile,
  index: SourceIndex,
  exports: readonly ModuleExport[],
): SettingsFound => {
  const reading = { file, index, exports, isDemanded: createDemands(file, index) };
  const members = index.members.map(({ node }) => readMember(reading, node));
  return {
    settings: [
      ...members.flatMap(({ settings }) => settings),
      ...index.declarators.flatMap(({ node }) => readPattern(reading, node)),
    ],
    unresolved: members.flatMap(({ unresolved }) => unresolved),
  };
};
