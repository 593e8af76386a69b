import type { Config } from './config.ts';
import { demoAccounts, demoPassword } from './support/demo/demo-people.ts';

export interface StartupFacts {
  url: string;
  config: Config;
  demo: boolean;
}

const off = ({ openai, redisUrl }: Config): string[] => [
  ...(openai === undefined ? ['OpenAI (OPENAI_API_KEY): the local model understands messages'] : []),
  ...(redisUrl === undefined ? ['Redis (REDIS_URL): this server is the only one'] : []),
  'the web client: not in this version',
];

const accountLines = ({ demo }: StartupFacts): string[] =>
  demo
    ? [
        '',
        `  Demo accounts (password ${demoPassword}):`,
        ...demoAccounts.map(({ email, role }) => `    ${email.padEnd(22)} ${role}`),
      ]
    : ['', '  Accounts: npx proofdesk users add --help'];

/** The address without its user and password. */
const recordLines = ({ databaseUrl, firebase }: Config): string[] => {
  if (databaseUrl === undefined) {
    return firebase === undefined ? [] : [`  Records        Firestore of ${firebase.projectId}`];
  }
  const { host, pathname } = new URL(databaseUrl);
  return [`  Records        PostgreSQL at ${host}${pathname}`];
};

const fileLines = ({ storageBucket }: Config): string[] =>
  storageBucket === undefined ? [] : [`  Artwork        bucket ${storageBucket}`];

/** What a person who starts the server sees: where it is, who may sign in, and what is switched off. */
export const startupBlock = (facts: StartupFacts): string =>
  [
    '',
    `  Proofdesk is ready${facts.demo ? ' (demo mode)' : ''}`,
    '',
    `  URL            ${facts.url}`,
    `  API reference  ${facts.url}/docs`,
    `  Data           ${facts.config.dataDir}`,
    ...recordLines(facts.config),
    ...fileLines(facts.config),
    ...accountLines(facts),
    '',
    '  Switched off:',
    ...off(facts.config).map((line) => `    ${line}`),
    '',
    '  Stop with Ctrl+C.',
    '',
    '',
  ].join('\n');
