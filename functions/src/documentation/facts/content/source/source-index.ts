import type { Node } from 'oxc-parser';
import { dottedName, forEachChild, nameOf, patternNames, type SourceFile, unwrapped } from './syntax.ts';

type NodeOf<Type extends Node['type']> = Extract<Node, { type: Type }>;

/** A node with the names of the functions and classes around it, outermost first. */
export interface Placed<Found extends Node> {
  node: Found;
  scopes: readonly string[];
}

export type FunctionNode = NodeOf<'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression'>;

export interface NamedFunction extends Placed<FunctionNode> {
  /** Its name, that of the variable or export it is given to, or `@offset` for one without any. */
  name: string;
  /** Type that was written for the variable it is given to. */
  declaredType?: string;
}

/** Where a name stands for something, and for what if that does not change. */
export interface Binding {
  start: number;
  end: number;
  value?: Node;
}

/** Where a variable stands for each row of a list in turn. */
export interface Loop {
  start: number;
  end: number;
  pattern: Node;
  list: Node;
}

/** The nodes that detectors look at, found in one walk. */
export interface SourceIndex {
  calls: Placed<NodeOf<'CallExpression' | 'NewExpression'>>[];
  declarators: Placed<NodeOf<'VariableDeclarator'>>[];
  members: Placed<NodeOf<'MemberExpression'>>[];
  objects: Placed<NodeOf<'ObjectExpression'>>[];
  elements: Placed<NodeOf<'JSXElement' | 'JSXFragment'>>[];
  functions: NamedFunction[];
  /** What encloses an expression that is more than a name or a literal: needed for the default beside a setting. */
  parents: Map<Node, Node>;
  /** Names of variables that are given another value somewhere. */
  assigned: Set<string>;
  enums: NodeOf<'TSEnumDeclaration'>[];
  /** What names stand for, found when somebody asks for one. */
  bindings: Map<string, Binding[]>;
  /** What takes a search of its own, made when somebody asks. */
  lazy: {
    /** Variables by name, and functions by the names of their parameters. */
    declared?: ReadonlyMap<string, SourceIndex['declarators']>;
    parameters?: ReadonlyMap<string, NamedFunction[]>;
    /** For each function the place of the one around it. */
    outerFunctions?: readonly number[];
    /** Functions by their names, and calls by that of their function. */
    named?: ReadonlyMap<string, NamedFunction[]>;
    called?: ReadonlyMap<string, SourceIndex['calls']>;
    /** Names of objects whose members are written to. */
    written?: ReadonlySet<string>;
    /** Every loop that may go over a literal list, outer ones first. */
    loops?: Loop[];
    /** How often something looked into lists and objects so far. */
    looks?: number;
    /** Rounds of them that were gone through so far. */
    rounds?: number;
  };
  loops: NodeOf<'ForOfStatement'>[];
  /** What the variables of loops stand for in one round of them, with where their loop begins. */
  each?: ReadonlyMap<string, { start: number; value: Node }>;
  /** What expressions stand for, of those that somebody asked for. */
  values: Map<Node, Node>;
  texts: Map<Node, string | undefined>;
}

const isFunction = (node: Node): node is FunctionNode =>
  node.type === 'FunctionDeclaration' ||
  node.type === 'FunctionExpression' ||
  node.type === 'ArrowFunctionExpression';

/** The name that a value gets from what it is given to. */
const givenName = (node: Node): string | undefined => {
  switch (node.type) {
    case 'VariableDeclarator':
      return nameOf(node.id);
    case 'ExportDefaultDeclaration':
      return 'default';
    case 'AssignmentExpression': {
      const target = dottedName(node.left)?.replace(/^module\./, '');
      return target === 'exports' ? 'default' : target?.slice(target.lastIndexOf('.') + 1);
    }
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
      return nameOf(node.key);
    default:
      return undefined;
  }
};

const keepsName = (node: Node): boolean =>
  node.type === 'CallExpression' || unwrapped(node) !== node || node.type === 'AwaitExpression';

const scopeName = (node: Node, hint: string | undefined): string | undefined => {
  const own =
    'id' in node && node.id && typeof node.id === 'object' && 'name' in node.id ? node.id.name : undefined;
  if (isFunction(node)) return own ? String(own) : (hint ?? `@${node.start}`);
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return own ? String(own) : hint;
  return undefined;
};

const createIndex = (): SourceIndex => ({
  calls: [],
  declarators: [],
  members: [],
  objects: [],
  elements: [],
  functions: [],
  parents: new Map(),
  assigned: new Set(),
  enums: [],
  bindings: new Map(),
  lazy: {},
  loops: [],
  values: new Map(),
  texts: new Map(),
});

const assign = ({ assigned }: SourceIndex, target: Node): void => {
  for (const name of patternNames(target)) assigned.add(name);
};

const keep = (index: SourceIndex, node: Node, scopes: readonly string[]): void => {
  switch (node.type) {
    case 'CallExpression':
    case 'NewExpression':
      index.calls.push({ node, scopes });
      break;
    case 'VariableDeclarator':
      index.declarators.push({ node, scopes });
      break;
    case 'ForOfStatement':
      index.loops.push(node);
      assign(index, node.left);
      break;
    case 'AssignmentExpression':
    case 'ForInStatement':
      assign(index, node.left);
      break;
    case 'UpdateExpression':
      assign(index, node.argument);
      break;
    case 'TSEnumDeclaration':
      index.enums.push(node);
      break;
    case 'MemberExpression':
      index.members.push({ node, scopes });
      break;
    case 'ObjectExpression':
      index.objects.push({ node, scopes });
      break;
    case 'JSXElement':
    case 'JSXFragment':
      index.elements.push({ node, scopes });
      break;
    default:
  }
};

const declaredType = (parent: Node | undefined): string | undefined => {
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return undefined;
  const type = parent.id.typeAnnotation?.typeAnnotation;
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier'
    ? type.typeName.name
    : undefined;
};

/** Most nodes are names, literals and parts of declarations: nobody asks what these stand in. */
const isEnclosed = (node: Node): boolean =>
  isFunction(node) ||
  node.type === 'MemberExpression' ||
  node.type === 'CallExpression' ||
  node.type === 'NewExpression' ||
  node.type === 'ObjectExpression' ||
  unwrapped(node) !== node;

/** Finds everything that detectors look at. */
export const indexSource = ({ program }: SourceFile): SourceIndex => {
  const index = createIndex();
  const visit = (node: Node, scopes: readonly string[], hint: string | undefined, parent?: Node): void => {
    if (parent && isEnclosed(node)) index.parents.set(node, parent);
    keep(index, node, scopes);
    const scope = scopeName(node, hint);
    if (scope !== undefined && isFunction(node)) {
      const type = declaredType(parent);
      index.functions.push({ node, scopes, name: scope, ...(type ? { declaredType: type } : {}) });
    }
    const inner = scope === undefined ? scopes : [...scopes, scope];
    const name = givenName(node) ?? (keepsName(node) ? hint : undefined);
    forEachChild(node, (child) => visit(child, inner, name, node));
  };
  visit(program, [], undefined);
  return index;
};
