import type { Node } from 'oxc-parser';
import type { FactMember } from '../../../../protocol/fact-sides.ts';
import { shortDigest } from '../digest.ts';
import type { ComponentFound } from '../file-summary.ts';
import { readMembers } from './signature.ts';
import type { NamedFunction, SourceIndex } from './source-index.ts';
import { briefText, foldedText, lineOf, nameOf, type SourceFile, walk } from './syntax.ts';

export const isComponentName = (name: string): boolean => /^[A-Z]\w*$/.test(name);

const hasElements = (node: Node): boolean => {
  let found = false;
  walk(node, (inner) => {
    if (inner.type === 'JSXElement' || inner.type === 'JSXFragment') found = true;
    return !found;
  });
  return found;
};

/** Members of an object type that is written in the module. */
const namedMembers = (file: SourceFile, name: string): FactMember[] | undefined => {
  for (const statement of file.program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type === 'TSInterfaceDeclaration' && declaration.id.name === name) {
      return readMembers(file, declaration.body.body);
    }
    if (declaration?.type === 'TSTypeAliasDeclaration' && declaration.id.name === name) {
      return typeMembers(file, declaration.typeAnnotation);
    }
  }
  return undefined;
};

/** Members of a type as far as this module tells; the parts of an intersection together. */
export const typeMembers = (file: SourceFile, type: Node | undefined): FactMember[] | undefined => {
  if (type?.type === 'TSTypeLiteral') return readMembers(file, type.members);
  if (type?.type === 'TSIntersectionType') {
    return type.types.flatMap((part) => typeMembers(file, part) ?? []);
  }
  if (type?.type !== 'TSTypeReference') return undefined;
  const [argument] = type.typeArguments?.params ?? [];
  const name = foldedText(file, type.typeName);
  if (/^(Readonly|(React\.)?PropsWithChildren)$/.test(name)) return typeMembers(file, argument);
  return namedMembers(file, name);
};

const patternMembers = (file: SourceFile, pattern: Node): FactMember[] =>
  pattern.type === 'ObjectPattern'
    ? pattern.properties.flatMap((property): FactMember[] => {
        if (property.type === 'RestElement') return [];
        const name = nameOf(property.key);
        if (!name) return [];
        const fallback = property.value.type === 'AssignmentPattern' ? property.value.right : undefined;
        // Without a type nothing demands it: code that takes it may do without.
        return [{ name, required: false, ...(fallback ? { default: briefText(file, fallback, 80) } : {}) }];
      })
    : [];

/** Types say which properties there are; the pattern adds their defaults. */
const propertiesOf = (
  file: SourceFile,
  { node, typeArgument }: { node: NamedFunction['node']; typeArgument?: Node },
): FactMember[] => {
  const [parameter] = node.params;
  const annotation = parameter && 'typeAnnotation' in parameter ? parameter.typeAnnotation : undefined;
  const type = annotation?.type === 'TSTypeAnnotation' ? annotation.typeAnnotation : typeArgument;
  const taken = parameter ? patternMembers(file, parameter) : [];
  const typed = typeMembers(file, type ?? undefined);
  if (!typed) return taken;
  return typed.map((member) => {
    const fallback = taken.find(({ name }) => name === member.name)?.default;
    return fallback === undefined ? member : { ...member, required: false, default: fallback };
  });
};

/** The properties type of `forwardRef<Element, Properties>(…)` or `FC<Properties>`. */
const outerType = (index: SourceIndex, node: Node): Node | undefined => {
  const parent = index.parents.get(node);
  if (parent?.type === 'CallExpression') return parent.typeArguments?.params.at(-1);
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return undefined;
  const type = parent.id.typeAnnotation?.typeAnnotation;
  return type?.type === 'TSTypeReference' ? type.typeArguments?.params[0] : undefined;
};

/** Components of a module: functions with a capital letter that give elements. */
export const readComponents = (file: SourceFile, index: SourceIndex): ComponentFound[] => {
  if (index.elements.length === 0) return [];
  return index.functions.flatMap((found): ComponentFound[] => {
    const { name, node, scopes } = found;
    if (scopes.length > 0 || !isComponentName(name) || !hasElements(node)) return [];
    const typeArgument = outerType(index, node);
    const properties = propertiesOf(file, { node, ...(typeArgument ? { typeArgument } : {}) });
    return [
      {
        name,
        line: lineOf(file, node.start),
        side: { type: 'component', properties },
        likeness: shortDigest(foldedText(file, node.body ?? node)),
      },
    ];
  });
};
