import { z } from 'zod';
import { aDayMs, bytes, iceServers, origins, rate, repositories, whole } from './setting-values.ts';

/**
 * One setting: how it is read, what it means (the comment in .env.example), an example that is valid, and what
 * holds when it is unset. Secrets are never printed.
 */
export interface Setting<Value> {
  schema: z.ZodType<Value, string>;
  comment: string;
  example: string;
  otherwise: string | undefined;
}

const setting = <Value>(
  schema: z.ZodType<Value, string>,
  example: string,
  comment: string,
  otherwise?: string,
): Setting<Value> => ({ schema, comment, example, otherwise });

/** Every setting of the product, in the order of .env.example. */
export const settings = {
  NODE_ENV: setting(
    z.enum(['development', 'production', 'test']),
    'production',
    'production never makes demo accounts and wants its engines chosen on purpose',
    'development',
  ),
  PORT: setting(whole(0, 65_535), '3000', 'Port to listen on; 0 takes any free one', '3000'),
  HOST: setting(z.string(), '0.0.0.0', 'Address to listen on', '127.0.0.1'),
  DATA_DIR: setting(
    z.string(),
    './data',
    'Folder of the embedded engines; a relative path counts from the project root',
    './data',
  ),
  DATABASE_URL: setting(
    z.url({ protocol: /^postgres(ql)?$/, error: 'write a URL that begins with postgres://' }),
    'postgres://proofdesk:a-password@localhost:5432/proofdesk',
    'Keep the records in this PostgreSQL database (15 or newer) instead of a SQLite file in DATA_DIR',
  ),
  FIREBASE_PROJECT_ID: setting(
    z.string().regex(/^[a-z][a-z0-9-]{4,62}$/, 'write the id of a project, not its name or number'),
    'my-print-shop',
    'Keep the records in Cloud Firestore and the accounts in Firebase Auth of this project',
  ),
  FIREBASE_STORAGE_BUCKET: setting(
    z.string().regex(/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/, 'write the name of a bucket, without gs://'),
    'my-print-shop.firebasestorage.app',
    'Keep artwork in this bucket of Cloud Storage instead of a folder in DATA_DIR',
  ),
  DEMO: setting(
    z.enum(['0', '1']),
    '1',
    'Demo accounts and demo data: 1 on, 0 off; unset: on outside production while DATA_DIR is empty or demo',
  ),
  RETENTION_DAYS: setting(
    whole(1, 36_500),
    '730',
    'Days after which completed sessions are erased with their logs; unset: they are kept',
  ),
  AUTH_MODE: setting(
    z.enum(['local']),
    'local',
    'In production: local accounts are wanted on purpose (make an administrator with the command line first)',
  ),
  AUTH_SIGNING_KEY: setting(
    z.string().min(32, 'use at least 32 characters'),
    'a-long-random-text-of-32-or-more-characters',
    'Key that signs local tokens; unset: one is made and kept in DATA_DIR',
  ),
  SIGNUP: setting(
    z.enum(['open', 'invite']),
    'open',
    'open: customers register themselves; invite: only the command line adds accounts',
    'invite',
  ),
  SIGN_IN_MAX: setting(
    whole(1, 1_000_000),
    '10',
    'Sign-in attempts per account and address (ten times that per address) in 15 minutes',
    '10',
  ),
  TOKEN_TTL_MS: setting(whole(60_000, aDayMs), '3600000', 'Life of a local token', '3600000'),
  CORS_ORIGIN: setting(
    origins,
    'https://desk.example.com',
    'Comma list of origins whose pages may call the API; unset: only pages this server serves',
    '',
  ),
  RATE_LIMIT_MAX: setting(
    whole(1, 1_000_000_000),
    '100',
    'Requests a window: per address without sign-in, per customer with',
    '100',
  ),
  RATE_LIMIT_STAFF_MAX: setting(
    whole(1, 1_000_000_000),
    '1000',
    'Requests a window of one agent or administrator',
    '1000',
  ),
  RATE_LIMIT_WINDOW_MS: setting(whole(1_000, aDayMs), '900000', 'Length of the window', '900000'),
  JSON_BODY_LIMIT: setting(bytes, '10mb', 'Largest JSON body: a number with b, kb, mb or gb', '10mb'),
  PROOF_MAX_BYTES: setting(bytes, '200mb', 'Largest artwork file: a number with b, kb, mb or gb', '200mb'),
  PROOF_MAX_PER_SESSION: setting(
    whole(1, 10_000),
    '100',
    'Artwork files, with all versions, of one session',
    '100',
  ),
  TRUST_PROXY: setting(
    whole(0, 10),
    '1',
    'How many reverse proxies stand in front and may be believed about the caller’s address',
    '0',
  ),
  METRICS_TOKEN: setting(
    z.string().min(16, 'use at least 16 characters'),
    'a-random-text-for-the-scraper',
    'Bearer token that reads /metrics; unset: loopback only',
  ),
  LOG_LEVEL: setting(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
    'info',
    'How much is logged',
    'info',
  ),
  SHUTDOWN_GRACE_MS: setting(
    whole(0, 600_000),
    '10000',
    'Time to finish what is in flight at a stop',
    '10000',
  ),
  ABANDON_AFTER_MS: setting(
    whole(1_000, aDayMs),
    '1800000',
    'Silence after which a customer is warned; as much again, and the session ends as abandoned',
    '1800000',
  ),
  SOCKET_MAX_PER_ADDRESS: setting(
    whole(1, 1_000_000),
    '250',
    'Socket connections of one address, signed in or not',
    '250',
  ),
  SOCKET_HANDSHAKE_MS: setting(
    whole(100, 600_000),
    '10000',
    'How long a socket may be open without having signed in',
    '10000',
  ),
  SOCKET_MESSAGE_LIMIT: setting(
    bytes,
    '512kb',
    'Largest message of a socket; whoever sends a larger one is disconnected',
    '512kb',
  ),
  SOCKET_CURSOR_RATE: setting(rate, '40', 'Cursor moves and drawing previews a second of one socket', '40'),
  SOCKET_OPERATION_RATE: setting(rate, '20', 'Annotation operations a second of one socket', '20'),
  SOCKET_OPERATION_BURST: setting(rate, '60', 'Annotation operations at once after a rest', '60'),
  SOCKET_CHAT_RATE: setting(rate, '5', 'Messages and comments a second of one socket', '5'),
  SOCKET_CHAT_BURST: setting(rate, '10', 'Messages and comments at once after a rest', '10'),
  SOCKET_READ_RATE: setting(
    rate,
    '5',
    'Joins and syncs a second of one socket (six times that at once)',
    '5',
  ),
  SOCKET_PREVIEW_RATE: setting(
    rate,
    '4',
    'Analyses while typing, a second of one socket (twice that at once)',
    '4',
  ),
  SOCKET_OTHER_RATE: setting(rate, '20', 'Other events a second of one socket (twice that at once)', '20'),
  SOCKET_REFUSAL_RATE: setting(
    rate,
    '40',
    'Refused events a second (ten times that at once) beyond which a socket is disconnected for abuse',
    '40',
  ),
  REDIS_URL: setting(
    z.url({ protocol: /^rediss?$/, error: 'write redis://host:port' }),
    'redis://127.0.0.1:6379',
    'Redis 7 that joins several servers: cache, rate limits, presence and events between them',
  ),
  SOCKET_CALL_RATE: setting(
    rate,
    '2',
    'Invitations to calls and answers to them a second of one socket (five times that at once)',
    '2',
  ),
  SOCKET_SIGNAL_RATE: setting(
    rate,
    '30',
    'Signals of calls a second of one socket (four times that at once)',
    '30',
  ),
  ICE_SERVERS: setting(
    iceServers,
    '[{"urls":"stun:stun.example.com"},{"urls":"turn:turn.example.com","username":"desk","credential":"a-secret"}]',
    'JSON list of STUN and TURN servers through which two browsers of a call find each other; unset: only directly',
    '[]',
  ),
  DOCS_REPOSITORIES: setting(
    repositories,
    'shop=/srv/repositories/shop',
    'Comma list of name=path: the repositories that documentation may read over REST and webhook',
    '',
  ),
  DOCS_WEBHOOK_SECRET: setting(
    z.string().min(16, 'use at least 16 characters'),
    'a-long-random-text-for-the-forge',
    'Secret of the documentation webhook, as GitHub or GitLab has it; unset: no webhook',
  ),
  OPENAI_API_KEY: setting(
    z.string(),
    'sk-your-key',
    'Understand messages with OpenAI instead of the local model',
  ),
  OPENAI_BASE_URL: setting(
    z.url({ protocol: /^https?$/, error: 'write a URL that begins with http:// or https://' }),
    'https://api.openai.com/v1',
    'Another server with the API of OpenAI',
  ),
  OPENAI_MODEL: setting(z.string(), 'gpt-5-mini', 'Model asked there', 'gpt-5-mini'),
} as const;

export type SettingName = keyof typeof settings;

/** What a setting is after it was read. */
export type SettingValue<Name extends SettingName> = z.output<(typeof settings)[Name]['schema']>;
