import type { Node } from 'oxc-parser';
import type { SettingFound } from '../file-summary.ts';
import type { SourceIndex } from './source-index.ts';
import {
  briefText,
  childrenOf,
  lineOf,
  literalText,
  nameOf,
  propertyOf,
  type SourceFile,
  unwrapped,
} from './syntax.ts';

const settingName = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const fewest = 2;

/** Calls of schema libraries whose argument is the default of a setting. */
const defaultOf = (file: SourceFile, node: Node): string | undefined => {
  const value = unwrapped(node);
  if (value.type === 'ObjectExpression') {
    const given = propertyOf(value, 'default') ?? propertyOf(value, 'value');
    return given ? (literalText(given) ?? briefText(file, given, 80)) : undefined;
  }
  if (value.type !== 'CallExpression') return undefined;
  const { callee } = value;
  if (callee.type === 'MemberExpression') {
    const [given] = value.arguments;
    if (nameOf(callee.property) === 'default' && given)
      return literalText(given) ?? briefText(file, given, 80);
    return defaultOf(file, callee.object);
  }
  const [options] = value.arguments;
  return options ? defaultOf(file, options) : undefined;
};

/** The text that explains a setting: `description`, `desc`, `comment`, or the argument of `.describe(…)`. */
const descriptionOf = (node: Node): string | undefined => {
  const value = unwrapped(node);
  if (value.type === 'ObjectExpression') {
    for (const name of ['description', 'desc', 'comment', 'meaning']) {
      const text = literalText(propertyOf(value, name));
      if (text) return text.replace(/\s+/g, ' ').trim();
    }
    return undefined;
  }
  if (value.type === 'CallExpression' && value.callee.type === 'MemberExpression') {
    const isSaid = nameOf(value.callee.property) === 'describe';
    if (isSaid) return literalText(value.arguments[0])?.replace(/\s+/g, ' ').trim();
  }
  for (const child of childrenOf(value)) {
    const text = descriptionOf(child);
    if (text) return text;
  }
  return undefined;
};

const mayBeAbsent = /^(default|prefault|optional|nullish|catch|preprocess|any|unknown|undefined)$/;

/** A schema of zod whose chain of calls nowhere says that the value may be absent. */
const isRequired = (node: Node): boolean => {
  const value = unwrapped(node);
  if (value.type === 'Identifier') return value.name === 'z';
  if (value.type === 'CallExpression') return isRequired(value.callee);
  if (value.type !== 'MemberExpression') return false;
  return !mayBeAbsent.test(nameOf(value.property) ?? '') && isRequired(value.object);
};

/** A value that declares something: a call of a schema library or an object that tells of the setting. */
const declares = (node: Node): boolean => {
  const value = unwrapped(node);
  return (
    value.type === 'CallExpression' || (value.type === 'ObjectExpression' && value.properties.length > 0)
  );
};

/** Tables of settings: objects with names in capitals, each with a declaration (zod, envalid, own tables). */
export const readSettingsTables = (file: SourceFile, index: SourceIndex): SettingFound[] =>
  index.objects.flatMap(({ node }) => {
    const entries = node.properties.flatMap((property) => {
      const name = property.type === 'Property' ? nameOf(property.key) : undefined;
      return property.type === 'Property' && name ? [{ name, value: property.value }] : [];
    });
    const named = entries.filter(({ name, value }) => settingName.test(name) && declares(value));
    if (named.length < fewest || named.length < entries.length) return [];
    return named.map(({ name, value }) => {
      const fallback = defaultOf(file, value);
      const description = descriptionOf(value);
      const side: SettingFound['side'] = {
        type: 'setting',
        ...(fallback === undefined ? {} : { default: fallback }),
        ...(isRequired(value) ? { required: true } : {}),
        ...(description === undefined ? {} : { description }),
      };
      return { name, line: lineOf(file, value.start), side, heuristic: true };
    });
  });
