import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const functionsFolder = fileURLToPath(new URL('../../functions', import.meta.url));
const serverFile = new URL('../../functions/dist/server.js', import.meta.url);
const demoPassword = 'proofdesk-demo';

/** What `npm start` gives to Node, so that the product is measured as it is run. */
const startOptions = (): string[] => {
  const { scripts } = JSON.parse(readFileSync(join(functionsFolder, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const options = /^node ((?:--\S+ )*)dist\/server\.js$/.exec(scripts.start)?.[1];
  if (options === undefined) throw new Error(`How is the server started? Not by: ${scripts.start}`);
  return options.split(' ').filter((option) => option !== '');
};

/** Demo accounts with the role customer, each with the history of the demo data. */
export const demoCustomers = ['customer', 'customer2'] as const;

/** Limits are raised so far that nothing meets them; they are never removed, so that each request is counted. */
const raisedLimits = {
  RATE_LIMIT_MAX: '100000000',
  RATE_LIMIT_STAFF_MAX: '100000000',
  SIGN_IN_MAX: '100000',
  SOCKET_MAX_PER_ADDRESS: '1000000',
  SOCKET_CURSOR_RATE: '1000000',
  SOCKET_OPERATION_RATE: '1000000',
  SOCKET_OPERATION_BURST: '1000000',
  SOCKET_READ_RATE: '1000000',
};

export interface ProofdeskOptions {
  /** Its data and its log are kept here. */
  folder: string;
  /** Names its log, so that several may share a folder, and with it the data. */
  name?: string;
  /** Joins those that share their data. */
  redisUrl?: string | undefined;
  nodeOptions?: readonly string[];
  /** Signs tokens; one that only the server knows unless said otherwise. */
  signingKey?: string | undefined;
}

export interface ProofdeskProcess extends ServerProcess {
  /** Where its records are. */
  databaseFile: string;
  /** Stored routing decisions. */
  countDecisions(): number;
  /** Stored annotations, beside those of the demo data. */
  countAnnotations(): number;
}

/** Compiles the server as `npm start` does. */
export const buildProofdesk = (): void => {
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: functionsFolder, stdio: 'inherit' });
};

/** Starts a Proofdesk in demo mode on its own data, with every protection and the log on. */
export const startProofdesk = async ({
  folder,
  name = 'proofdesk',
  redisUrl,
  nodeOptions = [],
  signingKey,
}: ProofdeskOptions): Promise<ProofdeskProcess> => {
  const dataDir = join(folder, 'data');
  const databaseFile = join(dataDir, 'proofdesk.sqlite');
  const server = await startServerProcess({
    name,
    entry: serverFile,
    folder,
    nodeOptions: [...startOptions(), ...nodeOptions],
    environment: {
      NODE_ENV: 'development',
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DEMO: '1',
      LOG_LEVEL: 'info',
      ...raisedLimits,
      ...(signingKey !== undefined && { AUTH_SIGNING_KEY: signingKey }),
      ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
    },
  });
  await ensureLocalModel(server);
  const count = (table: 'routingDecisions' | 'annotations') => countRows(databaseFile, table);
  const annotationsBefore = count('annotations');
  return {
    ...server,
    databaseFile,
    countDecisions: () => count('routingDecisions'),
    countAnnotations: () => count('annotations') - annotationsBefore,
  };
};

/** A `.env` file with a key would send thousands of messages to a paid service, so the run ends instead. */
const ensureLocalModel = async (server: ServerProcess): Promise<void> => {
  const { engines } = (await (await fetch(`${server.url}/health`)).json()) as {
    engines: { ai: { name: string } };
  };
  if (engines.ai.name === 'local') return;
  await server.stop();
  throw new Error(`Messages would be read by ${engines.ai.name}: take OPENAI_API_KEY out of .env for this.`);
};

const countRows = (file: string, table: string): number => {
  const database = new Database(file, { readonly: true });
  try {
    const [row] = database.prepare(`SELECT count(*) AS "rows" FROM "${table}"`).all() as [{ rows: number }];
    return row.rows;
  } finally {
    database.close();
  }
};

/** Signs a demo account in; the token lasts longer than any run. */
export const signIn = async (url: string, account: string): Promise<string> => {
  const response = await fetch(`${url}/api/v1/auth/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: `${account}@demo.local`, password: demoPassword }),
  });
  if (!response.ok) throw new Error(`${account} could not sign in: ${await response.text()}`);
  return ((await response.json()) as { token: string }).token;
};
