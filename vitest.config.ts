import { defineConfig } from 'vitest/config';

const functions = 'functions';
const simulation = 'client/test/simulation';

const whole = (name: string): string => `${functions}/test/${name}.test.ts`;
const support = (name: string): string => `${functions}/test/support/${name}.ts`;

/** Tests of whole servers that run on every engine. */
const onEveryEngine = [
  ...['access', 'contract', 'documentation', 'fuzz', 'http-rules', 'many-sessions', 'proofs'].map(whole),
  ...['realtime', 'sessions'].map(whole),
  'client/test/*.test.ts',
];

/** Firestore over memory belongs to one process, so it cannot be shared by several. */
const onDatabases = ['records/log-shared'].map(whole);

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
          globalSetup: [support('build')],
          ...patience,
        },
      },
      { test: { name: 'simulation', include: [`${simulation}/**/*.test.ts`] } },
      // Minutes long: `npm run test:soak` only.
      { test: { name: 'soak', include: [`${simulation}/soak.ts`] } },
      {
        test: {
          name: 'server-on-postgres',
          include: [...onEveryEngine, ...onDatabases],
          globalSetup: ['build', 'postgres', 'redis'].map(support),
          ...patience,
        },
      },
      {
        test: {
          name: 'server-on-firestore',
          include: onEveryEngine,
          globalSetup: ['build', 'firestore', 'auth-emulator', 'redis'].map(support),
          ...patience,
        },
      },
      {
        test: {
          name: 'integration',
          include: [`${functions}/test/integration/**/*.test.ts`, 'client/test/integration/**/*.test.ts'],
          globalSetup: ['build', 'auth-emulator'].map(support),
          ...patience,
          testTimeout: 300_000,
        },
      },
    ],
  },
});
