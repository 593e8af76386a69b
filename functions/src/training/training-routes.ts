import { operation } from '../gateway/operation.ts';
import {
  createModuleSchema,
  moduleListQuerySchema,
  modulePageSchema,
  moduleParametersSchema,
  moduleQuerySchema,
  moduleSchema,
  type StalenessView,
  stalenessSchema,
  updateModuleSchema,
} from '../protocol/training.ts';
import type { ModuleService } from './module-service.ts';
import { presentModule, presentSummary } from './module-view.ts';

const tag = 'Training';
const path = '/api/v1/training/modules';
const onePath = `${path}/{id}`;
const params = moduleParametersSchema;

export interface TrainingRoutesOptions {
  modules: ModuleService;
  readStaleness(moduleId: string): Promise<StalenessView>;
}

const readOperations = ({ modules, readStaleness }: TrainingRoutesOptions) => [
  operation({
    id: 'listTrainingModules',
    method: 'get',
    path,
    tag,
    summary: 'List the training modules for the reader’s role',
    description:
      'Customers see modules for customers, staff see all. Generated and handwritten ones are mixed.',
    query: moduleListQuerySchema,
    replies: { 200: { description: 'A page of modules', schema: modulePageSchema } },
    errors: ['malformed_cursor'],
    handle: async ({ user, query }) => {
      const { items, nextCursor } = await modules.list(user, query);
      const next = nextCursor !== undefined && { nextCursor };
      return { status: 200, body: { items: items.map(presentSummary), ...next } };
    },
  }),
  operation({
    id: 'getTrainingModule',
    method: 'get',
    path: onePath,
    tag,
    summary: 'Read a module, the newest version or an earlier one',
    description:
      'A quiz comes without its answers, which are told after an attempt; administrators, who write them, see them.',
    params,
    query: moduleQuerySchema,
    replies: { 200: { description: 'The module', schema: moduleSchema } },
    errors: ['not_found'],
    handle: async ({ user, params: { id }, query: { version } }) => ({
      status: 200,
      body: presentModule(user, await modules.get(user, id, version)),
    }),
  }),
  operation({
    id: 'getTrainingStaleness',
    method: 'get',
    path: `${onePath}/staleness`,
    tag,
    summary: 'What is not true any more in a module, by which facts, and who learnt it',
    params,
    replies: { 200: { description: 'Parts, facts and people', schema: stalenessSchema } },
    errors: ['not_found'],
    handle: async ({ params: { id } }) => ({ status: 200, body: await readStaleness(id) }),
  }),
];

const writeOperations = ({ modules }: TrainingRoutesOptions) => [
  operation({
    id: 'createTrainingModule',
    method: 'post',
    path,
    tag,
    summary: 'Write a module by hand',
    body: createModuleSchema,
    replies: { 201: { description: 'The module', schema: moduleSchema } },
    errors: ['already_exists'],
    handle: async ({ user, body }) => {
      const module = await modules.create(body);
      return {
        status: 201,
        body: presentModule(user, module),
        headers: { Location: `${path}/${module.id}` },
      };
    },
  }),
  operation({
    id: 'updateTrainingModule',
    method: 'put',
    path: onePath,
    tag,
    summary: 'Write the next version of a module',
    description:
      'Send the whole module with the version you read; another one answers 409. A generated module that is ' +
      'changed by hand stays handwritten: later facts mark parts of it as stale and do not rewrite it.',
    params,
    body: updateModuleSchema,
    replies: { 200: { description: 'The new version', schema: moduleSchema } },
    errors: ['not_found', 'conflict'],
    handle: async ({ user, params: { id }, body }) => ({
      status: 200,
      body: presentModule(user, await modules.update(id, body)),
    }),
  }),
];

/** Training modules: reading by role, writing for administrators. */
export const moduleOperations = (options: TrainingRoutesOptions) => [
  ...readOperations(options),
  ...writeOperations(options),
];
