import type { JSXAttributeItem, JSXChild, Node } from 'oxc-parser';
import type { TextSide } from '../../../../protocol/fact-sides.ts';
import type { TextFound } from '../file-summary.ts';
import { isComponentName } from './components.ts';
import { constantText } from './constants.ts';
import { type Round, roundsAround } from './rounds.ts';
import type { SourceIndex } from './source-index.ts';
import { lineOf, type SourceFile, unwrapped } from './syntax.ts';

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

const longestText = 300;

/** What people may read of an expression: its literal, or the literals it chooses from. */
const textsOf = (index: SourceIndex, node: Node | null): string[] => {
  if (!node) return [];
  const value = unwrapped(node);
  if (value.type === 'ConditionalExpression')
    return [...textsOf(index, value.consequent), ...textsOf(index, value.alternate)];
  if (value.type === 'LogicalExpression') return textsOf(index, value.right);
  const text = constantText(index, value);
  return text === undefined ? [] : [text];
};

const cleaned = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, longestText);

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
  text: string,
  node: Node,
  target?: string,
): TextFound[] => {
  const words = cleaned(text);
  if (!/[\p{L}\p{N}/#]/u.test(words)) return [];
  const side: TextSide = { type: 'text', component, element, role, text: words };
  return [{ line: lineOf(file, node.start), side: target === undefined ? side : { ...side, target } }];
};

const attributeText = (
  index: SourceIndex,
  attribute: JSXAttributeItem,
): { name: string; texts: string[] } | undefined => {
  if (attribute.type !== 'JSXAttribute' || attribute.name.type !== 'JSXIdentifier') return undefined;
  const { value } = attribute;
  if (value?.type === 'Literal') return { name: attribute.name.name, texts: textsOf(index, value) };
  if (value?.type !== 'JSXExpressionContainer') return undefined;
  return { name: attribute.name.name, texts: textsOf(index, value.expression) };
};

const childTexts = (place: Place, child: JSXChild): TextFound[] => {
  if (child.type === 'JSXText') return found(place, 'text', child.value, child);
  if (child.type !== 'JSXExpressionContainer') return [];
  return textsOf(place.index, child.expression).flatMap((text) => found(place, 'text', text, child));
};

const wordsOf = (index: SourceIndex, child: JSXChild): string => {
  if (child.type === 'JSXText') return child.value;
  if (child.type === 'JSXElement') return linkWords(index, child.children);
  const texts = child.type === 'JSXExpressionContainer' ? textsOf(index, child.expression) : [];
  return texts.length === 1 ? (texts[0] ?? '') : '';
};

/** The words of a link, for its name; where it leads is told beside them. */
const linkWords = (index: SourceIndex, children: readonly JSXChild[]): string =>
  cleaned(children.map((child) => wordsOf(index, child)).join(' '));

type ElementNode = Extract<Node, { type: 'JSXElement' | 'JSXFragment' }>;

const readElement = (place: Place, node: ElementNode): TextFound[] => {
  const { index } = place;
  const children = node.children.flatMap((child) => childTexts(place, child));
  if (node.type !== 'JSXElement') return children;
  const attributes = node.openingElement.attributes.flatMap((attribute) => {
    const { name, texts } = attributeText(index, attribute) ?? { name: '', texts: [] };
    const role = roleOfAttribute[name];
    if (!role) return [];
    return texts.flatMap((text) =>
      role === 'link'
        ? found(place, role, linkWords(index, node.children) || text, attribute, text)
        : found(place, role, text, attribute),
    );
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
