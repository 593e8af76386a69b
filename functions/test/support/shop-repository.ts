import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, type TestRepository } from '../../src/testing/git-repository.ts';

/** A small git repository with two versions, from which documents are made. */
export interface ShopRepository extends TestRepository {
  /** Commit of the first version, which is tagged v1.0.0. */
  first: string;
  /** Commit of the second version, in which a route was renamed. */
  second: string;
  remove(): Promise<void>;
}

const server = (...lines: string[]): string =>
  ["import express from 'express';", '', 'export const app = express();', ...lines, ''].join('\n');

const manifest = JSON.stringify({
  name: '@acme/shop',
  version: '1.0.0',
  exports: { '.': './src/server.ts' },
  dependencies: { express: '5.0.0' },
});

/** Makes the repository in a folder of its own. */
export const makeShopRepository = async (): Promise<ShopRepository> => {
  const folder = await mkdtemp(join(tmpdir(), 'proofdesk-shop-'));
  const repository = createRepository(folder);
  const first = repository.commit('feat(orders): orders can be read and refunded', {
    'package.json': manifest,
    'src/server.ts': server(
      "app.get('/orders/:id', (request, response) => response.json({}));",
      "app.post('/refunds', (request, response) => response.json({}));",
    ),
    '.env.example': '# Days in which an order can be refunded\nREFUND_DAYS=30\n',
  });
  repository.git(['tag', 'v1.0.0']);
  const second = repository.commit('feat(orders)!: refund an order at its own address', {
    'src/server.ts': server(
      "app.get('/orders/:id', (request, response) => response.json({}));",
      "app.post('/orders/:id/refunds', (request, response) => response.json({}));",
    ),
  });
  return { ...repository, first, second, remove: () => rm(folder, { recursive: true, force: true }) };
};
