import type { Config } from './config.ts';

export interface StartupFacts {
  url: string;
  config: Config;
  demo: boolean;
  /** E-mail addresses of the demo accounts; they share one password. */
  accounts: { emails: readonly string[]; password: string };
}

const off = ({ openai }: Config): string[] => [
  ...(openai === undefined ? ['OpenAI (OPENAI_API_KEY): the local model understands messages'] : []),
  'real-time rooms, proofs, documentation and training: not in this version',
];

const accountLines = ({ demo, accounts }: StartupFacts): string[] =>
  demo
    ? [
        '',
        `  Demo accounts (password ${accounts.password}):`,
        ...accounts.emails.map((email) => `    ${email}`),
      ]
    : ['', '  Accounts: npx proofdesk users add --help'];

/** What a person who starts the server sees: where it is, who may sign in, and what is switched off. */
export const startupBlock = (facts: StartupFacts): string =>
  [
    '',
    `  Proofdesk is ready${facts.demo ? ' (demo mode)' : ''}`,
    '',
    `  URL            ${facts.url}`,
    `  API reference  ${facts.url}/docs`,
    `  Data           ${facts.config.dataDir}`,
    ...accountLines(facts),
    '',
    '  Switched off:',
    ...off(facts.config).map((line) => `    ${line}`),
    '',
    '  Stop with Ctrl+C.',
    '',
    '',
  ].join('\n');
