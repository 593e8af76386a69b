import { z } from 'zod';
import { type SettingName, settings } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Firebase refuses settings whose names begin with FIREBASE_, so the bucket goes under another one. */
const bucketName = 'PROOFDESK_STORAGE_BUCKET';

/** Decided by where a function runs, or of no use there. */
const notForFunctions: ReadonlySet<SettingName> = new Set([
  'NODE_ENV',
  'PORT',
  'HOST',
  'DATA_DIR',
  'FIREBASE_PROJECT_ID',
  'FIREBASE_STORAGE_BUCKET',
  'DEMO',
  'SHUTDOWN_GRACE_MS',
  'DOCS_REPOSITORIES',
]);

const isForFunctions = (name: string): boolean =>
  !notForFunctions.has(name as SettingName) && !name.startsWith('SOCKET_');

/** What a deployment hands to the function: those settings of this environment that mean something there. */
export const settingsForFunction = (environment: Environment): Record<string, string> => {
  const wanted = Object.keys(settings).filter(isForFunctions);
  const named = [...wanted.map((name) => [name, name]), [bucketName, 'FIREBASE_STORAGE_BUCKET']] as const;
  const said = named.flatMap(([to, from = '']) => {
    const value = environment[from]?.trim();
    return value ? [[to, value]] : [];
  });
  return { NODE_ENV: 'production', ...Object.fromEntries(said) };
};

/** What Firebase tells each function of its project. */
const firebaseConfigSchema = z.object({ projectId: z.string() });

const projectIn = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  try {
    return firebaseConfigSchema.safeParse(JSON.parse(text)).data?.projectId;
  } catch {
    return undefined;
  }
};

/** The environment of a function under the names that `parseConfig` reads. */
export const environmentOfFunction = (environment: Environment): Environment => ({
  ...environment,
  FIREBASE_PROJECT_ID: environment.FIREBASE_PROJECT_ID ?? projectIn(environment.FIREBASE_CONFIG),
  FIREBASE_STORAGE_BUCKET: environment.FIREBASE_STORAGE_BUCKET ?? environment[bucketName],
});

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v' };

/** Settings as the Firebase command line reads them: quoted, or "#" would begin a comment. */
export const dotenvOf = (said: Readonly<Record<string, string>>): string =>
  Object.entries(said)
    .map(([name, value]) => {
      const escaped = value.replace(/[\n\r\t\v\\'"]/g, (character) => escapes[character] ?? `\\${character}`);
      return `${name}="${escaped}"\n`;
    })
    .join('');
