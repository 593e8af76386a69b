import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const read = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

const packageSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
      devDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      environment: z.record(z.string(), z.string()).optional(),
      read_only: z.boolean().optional(),
      volumes: z.array(z.string()).optional(),
    }),
  ),
});

/** Every permission that the rules give, with its condition. */
const permissionsIn = (rules: string): string[] =>
  [...rules.matchAll(/allow ([^;]+);/g)].map(([, permission = '']) => permission.replaceAll(/\s+/g, ' '));

describe('firestore.rules', () => {
  // No evaluator of these rules runs without Google's emulator, so this is about their structure.
  it('[RE4] let participants and administrators read sessions and annotations, and nobody anything else', async () => {
    const rules = await read('firestore.rules');
    expect(permissionsIn(rules)).toEqual([
      'read: if mayRead(resource.data)',
      'write: if false',
      'read: if mayRead(get(/databases/$(database)/documents/supportSessions/$(resource.data.sessionId)).data)',
      'write: if false',
      'read, write: if false',
    ]);
    const matches = [...rules.matchAll(/match (\S+) \{/g)].map(([, path]) => path);
    expect(matches).toEqual([
      '/databases/{database}/documents',
      '/supportSessions/{sessionId}',
      '/annotations/{annotationId}',
      '/{document=**}',
    ]);
    expect(rules).toContain('return request.auth != null && (isAdmin() || takesPart(session));');
    expect([...rules].filter((character) => character === '{')).toHaveLength(
      [...rules].filter((character) => character === '}').length,
    );
  });
});

describe('functions/ by itself', () => {
  it('[EN7] its lock file has the versions of the whole project: npx tsx scripts/functions-lock.ts writes it', async () => {
    const wanted = packageSchema.parse(JSON.parse(await read('functions/package.json')));
    const own = lockSchema.parse(JSON.parse(await read('functions/package-lock.json'))).packages;
    const whole = lockSchema.parse(JSON.parse(await read('package-lock.json'))).packages;
    expect(own['']?.dependencies).toEqual(wanted.dependencies);
    expect(own['']?.devDependencies).toEqual(wanted.devDependencies);
    const known = new Set(Object.values(whole).map(({ integrity }) => integrity));
    const strangers = Object.entries(own).filter(
      ([path, { integrity }]) => path !== '' && !known.has(integrity),
    );
    expect(strangers.map(([path]) => path)).toEqual([]);
  });
});

describe('files of a deployment', () => {
  it('[EN7] two nodes share the signing key, the database, Redis and the folder of proofs', async () => {
    const { services } = composeSchema.parse(parse(await read('deploy/compose.yaml'), { merge: true }));
    const nodes = [services['node-1'], services['node-2']];
    for (const node of nodes) {
      expect(Object.keys(node?.environment ?? {})).toEqual(
        expect.arrayContaining(['AUTH_SIGNING_KEY', 'DATABASE_URL', 'REDIS_URL', 'TRUST_PROXY']),
      );
      expect(node).toMatchObject({ read_only: true, volumes: ['proofs:/data'] });
    }
    expect(Object.keys(services)).toEqual(expect.arrayContaining(['nginx', 'postgres', 'redis']));
  });

  it('[EN7] the image runs as somebody else than root and says how it is', async () => {
    const dockerfile = await read('deploy/Dockerfile');
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK /m);
    expect(dockerfile.match(/^FROM /gm)).toHaveLength(3);
    expect(dockerfile).toContain('npm ci --omit=dev');
  });

  it('[EN7] YAML and JSON can be read, and a deployment comes after check and test', async () => {
    const service: unknown = parse(await read('deploy/cloud-run.yaml'));
    expect(service).toMatchObject({ kind: 'Service', metadata: { name: 'proofdesk-sockets' } });
    expect(JSON.stringify(service)).toContain('FIREBASE_STORAGE_BUCKET');
    const workflow: unknown = parse(await read('.github/workflows/deploy.yml'));
    expect(workflow).toMatchObject({
      on: { push: { paths: expect.arrayContaining(['functions/**']) } },
      jobs: { test: expect.anything(), deploy: { needs: 'test' } },
    });
    expect(JSON.parse(await read('firebase.json'))).toMatchObject({
      firestore: { rules: 'firestore.rules', indexes: 'firestore.indexes.json' },
      functions: [{ source: 'functions' }],
      hosting: { rewrites: expect.arrayContaining([{ source: '/api/**', function: { functionId: 'api' } }]) },
    });
  });
});
