import { featureScope } from '../surface/feature-scope.ts';
import { type KindWeights, pathWeights } from './kind-weights.ts';

/** What a path says of whatever happens at it. */
export interface PathTraits {
  path: string;
  /** The feature that it belongs to. */
  scope: string | undefined;
  isTest: boolean;
  /** Source code, and not that of a test. */
  isSource: boolean;
  /** People see or hear what is made of it. */
  isInterface: boolean;
  /** Which of `pathWeights` it fits. */
  cues: readonly KindWeights[];
}

const testPath = /(^|\/)(tests?|__tests__|specs?|e2e)\/|\.(test|spec)\.\w+$/;
const sourcePath = /\.([cm]?[jt]sx?|py|go|rs|java|kt|rb|php|cs|swift|vue|svelte|c|cc|cpp|h)$/;
const interfacePath = /\.([jt]sx|vue|svelte|html?|s?css)$/;

export const traitsOf = (path: string): PathTraits => {
  const isTest = testPath.test(path);
  return {
    path,
    scope: featureScope(path),
    isTest,
    isSource: !isTest && sourcePath.test(path),
    isInterface: interfacePath.test(path),
    cues: pathWeights.filter(({ pattern }) => pattern.test(path)).map(({ weights }) => weights),
  };
};

/** The paths of a history; each is looked at once, as the same ones are touched again and again. */
export interface KnownPaths {
  traitsOf(path: string): PathTraits;
  count(): number;
}

export const createKnownPaths = (): KnownPaths => {
  const known = new Map<string, PathTraits>();
  return {
    traitsOf: (path) => {
      const found = known.get(path);
      if (found !== undefined) return found;
      const traits = traitsOf(path);
      known.set(path, traits);
      return traits;
    },
    count: () => known.size,
  };
};
