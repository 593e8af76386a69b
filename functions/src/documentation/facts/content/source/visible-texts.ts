import type { JSXAttributeItem, JSXChild, Node } from 'oxc-parser';
import type { TextSide } from '../../../../protocol/fact-sides.ts';
import { cleanedText } from '../cleaned-text.ts';
import type { TextFound } from '../file-summary.ts';
import { isComponentName } from './components.ts';
import { constantText } from './constants.ts';
import { type Round, roundsAround } from './rounds.ts';
import type { SourceIndex } from './source-index.ts';
import { dottedName, lineOf, type SourceFile, unwrapped } from './syntax.ts';

const roleOfAttribute: Record<string, TextSide['role'] | undefined> = {
  'aria-label': 'label',
  label: 'label',
  placeholder: 'placeholder',
  title: 'title',
  alt: 'alternative',
  role: 'role',
  href: 'link',
  to: 'link',
};

/** A text, or the key of one. */
interface Shown {
  text: string;
  isKey?: true;
}

/** Functions that give the text of a key: `t('save')`, `i18n.t('save')`. */
const translators = /^(\$?t|translate|(i18n|i18next|this\.\$?i18n|props)\.t)$/;

/** What people may read of an expression: its literal, or the literals it chooses from. */
const textsOf = (index: SourceIndex, node: Node | null): Shown[] => {
  if (!node) return [];
  const value = unwrapped(node);
  if (value.type === 'ConditionalExpression')
    return [...textsOf(index, value.consequent), ...textsOf(index, value.alternate)];
  if (value.type === 'LogicalExpression') return textsOf(index, value.right);
  const isKey = value.type === 'CallExpression' && translators.test(dottedName(value.callee) ?? '');
  const text = constantText(index, isKey ? value.arguments[0] : value);
  return text === undefined ? [] : [isKey ? { text, isKey } : { text }];
};

const elementName = (node: Node): string => {
  if (node.type === 'JSXIdentifier') return node.name;
  if (node.type === 'JSXMemberExpression') return `${elementName(node.object)}.${node.property.name}`;
  return '';
};

interface Place {
  file: SourceFile;
  index: SourceIndex;
  component: string;
  element: string;
}

const found = (
  { file, component, element }: Place,
  role: TextSide['role'],
  { text, isKey }: Shown,
  node: Node,
  target?: string,
): TextFound[] => {
  const words = cleanedText(text);
  if (!/[\p{L}\p{N}/#]/u.test(words)) return [];
  const side: TextSide = { type: 'text', component, element, role, text: words };
  const shown = target === undefined ? side : { ...side, target };
  return [{ line: lineOf(file, node.start), side: shown, ...(isKey ? { isKey } : {}) }];
};

const attributeText = (
  index: SourceIndex,
  attribute: JSXAttributeItem,
): { name: string; texts: Shown[] } | undefined => {
  if (attribute.type !== 'JSXAttribute' || attribute.name.type !== 'JSXIdentifier') return undefined;
  const { value } = attribute;
  if (value?.type === 'Literal') return { name: attribute.name.name, texts: textsOf(index, value) };
  if (value?.type !== 'JSXExpressionContainer') return undefined;
  return { name: attribute.name.name, texts: textsOf(index, value.expression) };
};

const childTexts = (place: Place, child: JSXChild): TextFound[] => {
  if (child.type === 'JSXText') return found(place, 'text', { text: child.value }, child);
  if (child.type !== 'JSXExpressionContainer') return [];
  return textsOf(place.index, child.expression).flatMap((text) => found(place, 'text', text, child));
};

const wordsOf = (index: SourceIndex, child: JSXChild): string => {
  if (child.type === 'JSXText') return child.value;
  if (child.type === 'JSXElement') return linkWords(index, child.children);
  const texts = child.type === 'JSXExpressionContainer' ? textsOf(index, child.expression) : [];
  const [only] = texts.length === 1 ? texts : [];
  return only && !only.isKey ? only.text : '';
};

/** The words of a link, for its name; where it leads is told beside them. */
const linkWords = (index: SourceIndex, children: readonly JSXChild[]): string =>
  cleanedText(children.map((child) => wordsOf(index, child)).join(' '));

type ElementNode = Extract<Node, { type: 'JSXElement' | 'JSXFragment' }>;

const readElement = (place: Place, node: ElementNode): TextFound[] => {
  const { index } = place;
  const children = node.children.flatMap((child) => childTexts(place, child));
  if (node.type !== 'JSXElement') return children;
  const attributes = node.openingElement.attributes.flatMap((attribute) => {
    const { name, texts } = attributeText(index, attribute) ?? { name: '', texts: [] };
    const role = roleOfAttribute[name];
    if (!role) return [];
    return texts.flatMap((shown) => {
      if (role !== 'link') return found(place, role, shown, attribute);
      const { text, isKey } = shown;
      const words = linkWords(index, node.children) || text;
      return isKey ? [] : found(place, role, { text: words }, attribute, text);
    });
  });
  return [...attributes, ...children];
};

/** An element that is made anew for each row of a literal list: each text once, where it is written. */
const readEach = (place: Place, node: ElementNode, rounds: readonly Round[]): TextFound[] => {
  const known = new Map(readElement(place, node).map((text) => [JSON.stringify(text.side), text]));
  const texts = new Map<string, TextFound>();
  for (const { index, rows } of rounds) {
    for (const text of readElement({ ...place, index }, node)) {
      const key = JSON.stringify(text.side);
      const line = lineOf(place.file, (rows.at(-1) ?? node).start);
      if (!texts.has(key)) texts.set(key, known.get(key) ?? { ...text, line });
    }
  }
  return [...texts.values()];
};

/** Texts, labels, roles and links of all elements of a module. */
export const readTexts = (file: SourceFile, index: SourceIndex): TextFound[] =>
  index.elements.flatMap(({ node, scopes }) => {
    const component = scopes.findLast(isComponentName);
    if (component === undefined) return [];
    const element = node.type === 'JSXElement' ? elementName(node.openingElement.name) : '';
    const place = { file, index, component, element };
    const rounds = roundsAround(index, node);
    return rounds.length === 0 ? readElement(place, node) : readEach(place, node, rounds);
  });
