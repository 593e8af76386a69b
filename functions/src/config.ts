import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { environmentOfFunction } from './function-settings.ts';
import { readGitEnvironment } from './git-environment.ts';
import { type Setting, type SettingName, type SettingValue, settings } from './settings.ts';
import { StartRefusal } from './start-refusal.ts';

/** The folder above functions/; relative paths in settings count from here. */
const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Emulators take unsigned tokens and anybody's writes; the SDK finds them by these. */
const emulatorSettings = [
  'FIREBASE_AUTH_EMULATOR_HOST',
  'FIRESTORE_EMULATOR_HOST',
  'FIREBASE_STORAGE_EMULATOR_HOST',
  'STORAGE_EMULATOR_HOST',
];

/** The settings as the program uses them; made once, at start. */
export interface Config {
  production: boolean;
  port: number;
  host: string;
  dataDir: string;
  /** `undefined`: completed sessions are kept. */
  retentionDays: number | undefined;
  /** Where the records are kept when it is not a file in `dataDir`; holds a secret. */
  databaseUrl: string | undefined;
  firebase: { projectId: string } | undefined;
  /** Where artwork is kept when it is not a folder in `dataDir`. */
  storageBucket: string | undefined;
  /** `undefined`: decided by what DATA_DIR holds. */
  demo: boolean | undefined;
  localAccountsChosen: boolean;
  authSigningKey: string | undefined;
  signup: 'open' | 'invite';
  signInMax: number;
  tokenTtlMs: number;
  corsOrigins: string[];
  rateLimit: { max: number; staffMax: number; windowMs: number };
  jsonBodyLimitBytes: number;
  proofs: { maximumBytes: number; perSession: number };
  trustProxy: number;
  metricsToken: string | undefined;
  logLevel: SettingValue<'LOG_LEVEL'>;
  shutdownGraceMs: number;
  sockets: {
    limits: { connectionsPerAddress: number; handshakeMs: number; messageBytes: number };
    /** Events a second and at once. */
    rates: Record<
      'cursor' | 'operations' | 'chat' | 'reads' | 'previews' | 'calls' | 'signals' | 'others' | 'refusals',
      { perSecond: number; burst: number }
    >;
  };
  /** Joins several servers; unset: this one is alone. */
  redisUrl: string | undefined;
  abandonAfterMs: number;
  /** Hold credentials: for those who are in a call only. */
  iceServers: SettingValue<'ICE_SERVERS'>;
  docs: {
    /** Folders by the names under which they may be asked for. */
    repositories: ReadonlyMap<string, string>;
    webhookSecret: string | undefined;
    /** Environment of the git processes. */
    gitEnvironment: Record<string, string>;
  };
  openai: { apiKey: string; baseUrl: string | undefined; model: string } | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const textOf = (environment: Environment, name: string): string | undefined => {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
};

const read = <Name extends SettingName>(
  environment: Environment,
  name: Name,
): SettingValue<Name> | undefined => {
  const { schema, example, otherwise }: Setting<unknown> = settings[name];
  const text = textOf(environment, name) ?? otherwise;
  if (text === undefined) return undefined;
  const result = schema.safeParse(text);
  if (result.success) return result.data as SettingValue<Name>;
  const problem = result.error.issues[0]?.message ?? 'it cannot be read';
  throw new StartRefusal(`${name} is not usable: ${problem}. Example: ${name}=${example}`);
};

const required = <Name extends SettingName>(environment: Environment, name: Name): SettingValue<Name> => {
  const value = read(environment, name);
  if (value === undefined) throw new StartRefusal(`${name} is missing.`);
  return value;
};

const readSockets = (environment: Environment): Config['sockets'] => {
  const number = (name: Extract<SettingName, `SOCKET_${string}`>) => required(environment, name);
  const times = (perSecond: number, factor: number) => ({ perSecond, burst: perSecond * factor });
  return {
    limits: {
      connectionsPerAddress: number('SOCKET_MAX_PER_ADDRESS'),
      handshakeMs: number('SOCKET_HANDSHAKE_MS'),
      messageBytes: number('SOCKET_MESSAGE_LIMIT'),
    },
    rates: {
      cursor: times(number('SOCKET_CURSOR_RATE'), 1),
      operations: { perSecond: number('SOCKET_OPERATION_RATE'), burst: number('SOCKET_OPERATION_BURST') },
      chat: { perSecond: number('SOCKET_CHAT_RATE'), burst: number('SOCKET_CHAT_BURST') },
      reads: times(number('SOCKET_READ_RATE'), 6),
      previews: times(number('SOCKET_PREVIEW_RATE'), 2),
      calls: times(number('SOCKET_CALL_RATE'), 5),
      signals: times(number('SOCKET_SIGNAL_RATE'), 4),
      others: times(number('SOCKET_OTHER_RATE'), 2),
      refusals: times(number('SOCKET_REFUSAL_RATE'), 10),
    },
  };
};

const refuseEmulators = (environment: Environment): void => {
  const name = emulatorSettings.find((candidate) => textOf(environment, candidate) !== undefined);
  if (name === undefined || required(environment, 'NODE_ENV') !== 'production') return;
  throw new StartRefusal(
    `${name} is set, and whoever knows an emulator may be anybody: remove it in production.`,
  );
};

/** The setting that says where the records are; a database of one's own wins over Firestore. */
export const recordsSetting = ({ databaseUrl, firebase }: Config) => {
  if (databaseUrl !== undefined) return 'DATABASE_URL';
  return firebase === undefined ? 'DATA_DIR' : 'FIREBASE_PROJECT_ID';
};

/** Who signs people in: Firebase where there is a project, unless local accounts were chosen on purpose. */
export const identityEngine = ({ firebase, localAccountsChosen }: Config) =>
  firebase === undefined || localAccountsChosen ? 'local-accounts' : 'firebase-auth';

/** The token that documents are sent with: from the environment, because arguments can be seen by everybody. */
export const readPublishToken = (): string | undefined => textOf(process.env, 'PROOFDESK_TOKEN');

const fromRoot = (path: string): string => (isAbsolute(path) ? path : resolve(projectRoot, path));

/** Turns an environment into a Config, or fails with a StartRefusal that says what to mend. */
export const parseConfig = (environment: Environment): Config => {
  refuseEmulators(environment);
  const dataDir = required(environment, 'DATA_DIR');
  const demo = read(environment, 'DEMO');
  const projectId = read(environment, 'FIREBASE_PROJECT_ID');
  const apiKey = read(environment, 'OPENAI_API_KEY');
  const openai = {
    baseUrl: read(environment, 'OPENAI_BASE_URL'),
    model: required(environment, 'OPENAI_MODEL'),
  };
  return {
    production: required(environment, 'NODE_ENV') === 'production',
    port: required(environment, 'PORT'),
    host: required(environment, 'HOST'),
    dataDir: fromRoot(dataDir),
    databaseUrl: read(environment, 'DATABASE_URL'),
    firebase: projectId === undefined ? undefined : { projectId },
    storageBucket: read(environment, 'FIREBASE_STORAGE_BUCKET'),
    retentionDays: read(environment, 'RETENTION_DAYS'),
    demo: demo === undefined ? undefined : demo === '1',
    localAccountsChosen: read(environment, 'AUTH_MODE') === 'local',
    authSigningKey: read(environment, 'AUTH_SIGNING_KEY'),
    signup: required(environment, 'SIGNUP'),
    signInMax: required(environment, 'SIGN_IN_MAX'),
    tokenTtlMs: required(environment, 'TOKEN_TTL_MS'),
    corsOrigins: required(environment, 'CORS_ORIGIN'),
    rateLimit: {
      max: required(environment, 'RATE_LIMIT_MAX'),
      staffMax: required(environment, 'RATE_LIMIT_STAFF_MAX'),
      windowMs: required(environment, 'RATE_LIMIT_WINDOW_MS'),
    },
    jsonBodyLimitBytes: required(environment, 'JSON_BODY_LIMIT'),
    proofs: {
      maximumBytes: required(environment, 'PROOF_MAX_BYTES'),
      perSession: required(environment, 'PROOF_MAX_PER_SESSION'),
    },
    trustProxy: required(environment, 'TRUST_PROXY'),
    metricsToken: read(environment, 'METRICS_TOKEN'),
    logLevel: required(environment, 'LOG_LEVEL'),
    shutdownGraceMs: required(environment, 'SHUTDOWN_GRACE_MS'),
    sockets: readSockets(environment),
    redisUrl: read(environment, 'REDIS_URL'),
    abandonAfterMs: required(environment, 'ABANDON_AFTER_MS'),
    iceServers: required(environment, 'ICE_SERVERS'),
    docs: {
      repositories: new Map(
        [...required(environment, 'DOCS_REPOSITORIES')].map(([name, folder]) => [name, fromRoot(folder)]),
      ),
      webhookSecret: read(environment, 'DOCS_WEBHOOK_SECRET'),
      gitEnvironment: readGitEnvironment(),
    },
    openai: apiKey === undefined ? undefined : { apiKey, ...openai },
  };
};

const fileSettings = (folder: string): Environment => {
  const file = join(folder, '.env');
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
};

/** The settings of a cloud function: what its deployment handed over and Firebase says of the project. */
export const loadFunctionConfig = (): Config => parseConfig(environmentOfFunction(process.env));

/** The settings of this process: `.env` of functions/ or the project root, then the environment, which wins. */
export const loadConfig = (): Config => {
  const said = Object.entries(process.env).filter(([, value]) => value?.trim());
  return parseConfig({
    ...fileSettings(projectRoot),
    ...fileSettings(join(projectRoot, 'functions')),
    ...Object.fromEntries(said),
  });
};
