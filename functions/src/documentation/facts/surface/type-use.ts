import type { ApiSide } from '../../../protocol/fact-sides.ts';
import type { SurfaceElement } from './surface-element.ts';

const namesIn = (texts: readonly (string | undefined)[]): string[] =>
  texts.flatMap((text) => text?.match(/[A-Za-z_$][\w$]*/g) ?? []);

const isType = ({ form }: ApiSide): boolean => form === 'interface' || form === 'type';

/** Names in what callers hand over and in what they are given, as signatures show them. */
const signatureNames = ({ form, parameters, returns, members, signature }: ApiSide) => {
  const methods = form === 'class' ? members.map(({ type = '' }) => type) : [];
  const given = methods.map((type) => (type.includes(' => ') ? type.slice(0, type.lastIndexOf(' => ')) : ''));
  const taken = methods.map((type) => type.slice(type.includes(' => ') ? type.lastIndexOf(' => ') : 0));
  return {
    given: namesIn([...parameters.map(({ type }) => type), ...given]),
    taken: namesIn([returns, ...taken, form === 'constant' ? signature : undefined]),
  };
};

/** The names, and those that their members are made of. */
const withMembers = (names: readonly string[], types: ReadonlyMap<string, ApiSide>): Set<string> => {
  const all = new Set<string>();
  const add = (name: string): void => {
    const side = types.get(name);
    if (side === undefined || all.has(name)) return;
    all.add(name);
    for (const inner of namesIn([side.signature, ...side.members.map(({ type }) => type)])) add(inner);
  };
  for (const name of names) add(name);
  return all;
};

/** Tells of each type of a package how those who use the package meet it. */
export const withTypeUse = (elements: readonly SurfaceElement[]): SurfaceElement[] => {
  const sides = elements.flatMap(({ side }) => (side.type === 'api' ? [side] : []));
  const types = new Map(
    elements.flatMap(({ name, side }): [string, ApiSide][] =>
      side.type === 'api' && isType(side) ? [[name, side]] : [],
    ),
  );
  const found = sides.filter((side) => !isType(side)).map(signatureNames);
  const given = withMembers(
    found.flatMap((names) => names.given),
    types,
  );
  const taken = withMembers(
    found.flatMap((names) => names.taken),
    types,
  );
  return elements.map((element) => {
    if (!given.has(element.name)) return element;
    return { ...element, use: taken.has(element.name) ? 'both' : 'given' };
  });
};
