import { defineConfig } from 'vitest/config';

const functions = 'functions';
const simulation = 'client/test/simulation';

/** Tests of whole servers that hold on every engine of the records. */
const onEveryEngine = [
  'access',
  'contract',
  'fuzz',
  'http-rules',
  'many-sessions',
  'realtime',
  'records/log-shared',
  'sessions',
].map((name) => `${functions}/test/${name}.test.ts`);

/** CI asks for a machine-readable report beside the readable one. */
const report = process.env.TEST_REPORT;

/** What is awaited comes within milliseconds, unless the machine is busy with other things too. */
const patience = { expect: { poll: { timeout: 20_000 } }, testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: [`${functions}/src/**/*.test.ts`, `${functions}/train/**/*.test.ts`, 'bench/**/*.test.ts'],
          ...patience,
        },
      },
      { test: { name: 'client', include: ['client/src/**/*.test.ts'], ...patience } },
      {
        test: {
          name: 'server',
          include: [`${functions}/test/**/*.test.ts`, 'client/test/*.test.ts'],
          exclude: [`${functions}/test/integration/**`],
          globalSetup: [`${functions}/test/support/build.ts`],
          ...patience,
        },
      },
      { test: { name: 'simulation', include: [`${simulation}/**/*.test.ts`] } },
      // Minutes long: `npm run test:soak` only.
      { test: { name: 'soak', include: [`${simulation}/soak.ts`] } },
      {
        test: {
          name: 'server-on-postgres',
          include: [...onEveryEngine, 'client/test/*.test.ts'],
          globalSetup: [`${functions}/test/support/build.ts`, `${functions}/test/support/postgres.ts`],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: [`${functions}/test/integration/**/*.test.ts`, 'client/test/integration/**/*.test.ts'],
          globalSetup: [`${functions}/test/support/build.ts`, `${functions}/test/support/auth-emulator.ts`],
          ...patience,
          testTimeout: 300_000,
        },
      },
    ],
  },
});
