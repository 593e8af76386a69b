import { operation } from '../../gateway/operation.ts';
import type { ShopSettings, Skill } from '../../ports/records.ts';
import { skillsSchema } from '../../protocol/agents.ts';
import { shopSettingsSchema } from '../../protocol/settings.ts';
import type { ShopService } from './shop-service.ts';

const presentSettings = ({ id: _, ...settings }: ShopSettings) => settings;
const presentSkills = (skills: readonly Skill[]) => ({
  skills: skills.map(({ name, keywords, categories, required }) => ({
    name,
    keywords,
    categories,
    required,
  })),
});

/** GET and PUT of settings and skills. */
export const shopOperations = (shop: ShopService) => [
  operation({
    id: 'getSettings',
    method: 'get',
    path: '/api/v1/settings',
    tag: 'Shop',
    summary: 'Read how the shop works',
    replies: { 200: { description: 'The settings', schema: shopSettingsSchema } },
    handle: async () => ({ status: 200, body: presentSettings(await shop.settings()) }),
  }),
  operation({
    id: 'updateSettings',
    method: 'put',
    path: '/api/v1/settings',
    tag: 'Shop',
    summary: 'Change how the shop works',
    description: 'Send the whole settings with the revision you read; another one answers 409.',
    body: shopSettingsSchema,
    replies: { 200: { description: 'The settings after the change', schema: shopSettingsSchema } },
    errors: ['conflict'],
    handle: async ({ body }) => ({ status: 200, body: presentSettings(await shop.updateSettings(body)) }),
  }),
  operation({
    id: 'getSkills',
    method: 'get',
    path: '/api/v1/skills',
    tag: 'Shop',
    summary: 'Read the table of skills',
    replies: { 200: { description: 'All skills', schema: skillsSchema } },
    handle: async () => ({ status: 200, body: presentSkills(await shop.skills()) }),
  }),
  operation({
    id: 'updateSkills',
    method: 'put',
    path: '/api/v1/skills',
    tag: 'Shop',
    summary: 'Replace the table of skills',
    body: skillsSchema,
    replies: { 200: { description: 'All skills', schema: skillsSchema } },
    handle: async ({ body }) => ({ status: 200, body: presentSkills(await shop.updateSkills(body.skills)) }),
  }),
];
