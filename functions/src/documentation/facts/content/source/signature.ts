import type { Node } from 'oxc-parser';
import type { FactMember } from '../../../../protocol/fact-sides.ts';
import { briefText, foldedText, nameOf, type SourceFile } from './syntax.ts';

const longestDefault = 80;

const typeOf = (file: SourceFile, node: Node): string | undefined => {
  const annotation = 'typeAnnotation' in node ? node.typeAnnotation : undefined;
  if (annotation?.type !== 'TSTypeAnnotation') return undefined;
  return foldedText(file, annotation.typeAnnotation);
};

const patternName = (file: SourceFile, node: Node): string => {
  if (node.type === 'Identifier') return node.name;
  const annotation = 'typeAnnotation' in node ? node.typeAnnotation : undefined;
  const end = annotation ? annotation.start : node.end;
  return briefText(file, { start: node.start, end });
};

/** One parameter as a member: its name or pattern, type, whether a caller must give it, and its default. */
export const readParameter = (file: SourceFile, node: Node): FactMember => {
  if (node.type === 'TSParameterProperty') return readParameter(file, node.parameter);
  if (node.type === 'RestElement') {
    const type = typeOf(file, node);
    return { name: `...${patternName(file, node.argument)}`, required: false, ...(type ? { type } : {}) };
  }
  if (node.type === 'AssignmentPattern') {
    const member = readParameter(file, node.left);
    return { ...member, required: false, default: briefText(file, node.right, longestDefault) };
  }
  const type = typeOf(file, node);
  const optional = 'optional' in node && node.optional === true;
  return { name: patternName(file, node), required: !optional, ...(type ? { type } : {}) };
};

export interface CallShape {
  parameters: FactMember[];
  returns?: string;
  typeParameters: string;
}

interface Callable {
  params: readonly Node[];
  returnType?: Node | null;
  typeParameters?: Node | null;
}

/** Parameters and result of anything that can be called. */
export const readCallable = (file: SourceFile, node: Callable): CallShape => {
  const result = node.returnType?.type === 'TSTypeAnnotation' ? node.returnType.typeAnnotation : undefined;
  return {
    parameters: node.params
      .map((parameter) => readParameter(file, parameter))
      .filter(({ name }) => name !== 'this'),
    ...(result ? { returns: foldedText(file, result) } : {}),
    typeParameters: node.typeParameters ? foldedText(file, node.typeParameters) : '',
  };
};

const parameterText = ({ name, type, required, default: fallback }: FactMember): string => {
  const mark = required || name.startsWith('...') || fallback !== undefined ? '' : '?';
  return `${name}${mark}${type ? `: ${type}` : ''}${fallback === undefined ? '' : ` = ${fallback}`}`;
};

/** `name<T>(a: A, b?: B): R` */
export const callText = (name: string, { parameters, returns, typeParameters }: CallShape): string =>
  `${name}${typeParameters}(${parameters.map(parameterText).join(', ')})${returns ? `: ${returns}` : ''}`;

/** `(a: A) => R`, as the type of a method. */
const methodType = (shape: CallShape): string => {
  const { returns, ...rest } = shape;
  return `${callText('', rest)} => ${returns ?? 'unknown'}`;
};

/** A getter is read and a setter is written as a property of its type. */
const methodTypeOf = (
  file: SourceFile,
  { kind, value }: Extract<Node, { type: 'MethodDefinition' | 'TSAbstractMethodDefinition' }>,
): { type?: string } => {
  const shape = readCallable(file, value);
  if (kind === 'method') return { type: methodType(shape) };
  const type = kind === 'get' ? shape.returns : shape.parameters[0]?.type;
  return type === undefined ? {} : { type };
};

const isHidden = (node: Node): boolean =>
  'accessibility' in node && (node.accessibility === 'private' || node.accessibility === 'protected');

/** One member of a class, interface or object type; undefined for what nobody outside sees. */
export const readMember = (file: SourceFile, node: Node): FactMember | undefined => {
  if (isHidden(node)) return undefined;
  const name = 'key' in node && node.key ? nameOf(node.key) : undefined;
  if (name === undefined || name === 'constructor') return undefined;
  const required = !('optional' in node && node.optional === true);
  if (node.type === 'TSMethodSignature') {
    return { name, type: methodType(readCallable(file, node)), required };
  }
  if (node.type === 'MethodDefinition' || node.type === 'TSAbstractMethodDefinition')
    return { name, required, ...methodTypeOf(file, node) };
  if (node.type === 'PropertyDefinition' && node.value?.type === 'ArrowFunctionExpression') {
    return { name, type: typeOf(file, node) ?? methodType(readCallable(file, node.value)), required };
  }
  const type = typeOf(file, node);
  return { name, required, ...(type ? { type } : {}) };
};

export const readMembers = (file: SourceFile, nodes: readonly Node[]): FactMember[] =>
  nodes.flatMap((node) => readMember(file, node) ?? []);

/** `constructor(readonly code: string)`: parameters that are members, too. */
export const parameterProperties = (file: SourceFile, parameters: readonly Node[]): FactMember[] =>
  parameters.flatMap((node) => {
    if (node.type !== 'TSParameterProperty' || isHidden(node)) return [];
    const { name, type, required, default: value } = readParameter(file, node.parameter);
    return [{ name, ...(type === undefined ? {} : { type }), required: required || value !== undefined }];
  });
