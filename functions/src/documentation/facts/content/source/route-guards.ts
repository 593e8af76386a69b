import type { Node } from 'oxc-parser';
import { dottedName, foldedText, propertyOf, type SourceFile, unwrapped } from './syntax.ts';

/** Longer ones are told without what they are given. */
const longestCall = 40;

/** What a handler is called where it is used: `requireAuth`, `requireRole('admin')`; one written on the spot has no name. */
const guardName = (file: SourceFile, node: Node): string | undefined => {
  const value = unwrapped(node);
  if (value.type !== 'CallExpression') return dottedName(value);
  const name = dottedName(value.callee);
  const text = foldedText(file, value);
  return name === undefined || text.length <= longestCall ? name && text : `${name}(…)`;
};

const listed = (node: Node): Node[] => {
  const value = unwrapped(node);
  if (value.type !== 'ArrayExpression') return [value];
  return value.elements.flatMap((element) => (element ? listed(element) : []));
};

const namesOf = (file: SourceFile, nodes: readonly Node[]): string[] =>
  nodes.flatMap((node) => guardName(file, node) ?? []);

/** Express: every handler but the last one. */
export const handlersBefore = (file: SourceFile, handlers: readonly Node[]): string[] =>
  namesOf(file, handlers.flatMap(listed).slice(0, -1));

const hooks = ['onRequest', 'preParsing', 'preValidation', 'preHandler'];

/** Fastify: the hooks of a route's options that come before its handler. */
export const hooksBefore = (file: SourceFile, options: Node | undefined): string[] =>
  hooks.flatMap((hook) => {
    const given = propertyOf(options, hook);
    return given ? namesOf(file, listed(given)) : [];
  });
