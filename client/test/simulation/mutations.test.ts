import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createViteServer } from 'vitest/node';
import { type Mutation, mutations } from './mutations.ts';

type Simulation = typeof import('./simulate.ts');

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Far more than any of them has needed. */
const mostRuns = 300;

/** The text with one place changed; fails when the product has changed there, so that the mutation is looked at. */
const edited = (code: string, { file, find, replace }: Mutation['edits'][number]): string => {
  const parts = code.split(find);
  if (parts.length !== 2) throw new Error(`${file} has "${find}" ${parts.length - 1} times, not once`);
  return parts.join(replace);
};

/** Loads the simulation, and the product under it, with the edits made on the way. */
const withMutation = async <Result>(
  { edits }: Mutation,
  work: (simulation: Simulation) => Promise<Result>,
): Promise<Result> => {
  const left = new Set(edits);
  const server = await createViteServer({
    root,
    configFile: false,
    logLevel: 'silent',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    plugins: [
      {
        name: 'mutation',
        enforce: 'pre',
        transform: (code, id) => {
          const own = edits.filter(({ file }) => id.endsWith(`/${file}`));
          for (const edit of own) left.delete(edit);
          return own.reduce(edited, code);
        },
      },
    ],
  });
  try {
    const simulation = (await server.ssrLoadModule('/client/test/simulation/simulate.ts')) as Simulation;
    expect([...left]).toEqual([]);
    return await work(simulation);
  } finally {
    await server.close();
  }
};

const firstProblem = (mutation: Mutation): Promise<string | undefined> =>
  withMutation(mutation, async ({ findFailure }) => {
    const { failure } = await findFailure({ first: 1, more: (runs) => runs < mostRuns });
    return failure?.problem;
  });

describe('a simulation that must turn red', () => {
  for (const mutation of mutations) {
    it(`${mutation.name}: red`, { timeout: 120_000 }, async () => {
      const problem = await firstProblem(mutation);
      console.log(`${mutation.name}: ${problem}`);
      expect(problem).toBeDefined();
    });
  }

  it('stays green when nothing was changed', { timeout: 120_000 }, async () => {
    const unchanged = { name: 'nothing', edits: [] };
    const { failure } = await withMutation(unchanged, ({ findFailure }) =>
      findFailure({ first: 1, more: (runs) => runs < 20 }),
    );
    expect(failure).toBeUndefined();
  });
});
