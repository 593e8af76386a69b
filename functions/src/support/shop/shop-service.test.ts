import { describe, expect, it } from 'vitest';
import { shopSettingsSchema } from '../../protocol/settings.ts';
import { openSessionDesk } from '../../testing/session-desk.ts';
import { defaultSkills } from './default-skills.ts';

const skill = { name: 'Colours', keywords: ['cmyk'], categories: [], required: false };

describe('the shop', () => {
  it('[HT1] settings are changed by whoever read the newest ones', async () => {
    const { shop } = await openSessionDesk();
    const { id: _, ...read } = await shop.settings();
    const changes = ['one', 'two', 'three'].map((name) => shop.updateSettings({ ...read, name }));
    const results = await Promise.allSettled(changes);
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost.map(({ reason }) => reason.code)).toEqual(['conflict', 'conflict']);
    expect((await shop.settings()).revision).toBe(read.revision + 1);
  });

  it('[RO11] a channel is offered once', async () => {
    const { shop } = await openSessionDesk();
    const { id: _, ...read } = await shop.settings();
    const offering = (channels: string[]) =>
      shopSettingsSchema.safeParse({ ...read, channels }).error?.issues;
    expect(offering(['live-chat', 'video-call'])).toBeUndefined();
    expect(offering(['live-chat', 'live-chat'])).toMatchObject([
      { path: ['channels'], message: 'name each channel once' },
    ]);
  });

  it('[HT6] a change of settings and skills is seen at once', async () => {
    const { shop } = await openSessionDesk();
    const { id: _, ...read } = await shop.settings();
    await shop.updateSettings({ ...read, name: 'Another name' });
    expect((await shop.settings()).name).toBe('Another name');
    expect(await shop.skills()).toEqual([]);
    await shop.updateSkills([skill]);
    expect(await shop.skills()).toMatchObject([skill]);
  });

  it('[RO6] the table of skills is replaced whole, each skill standing once', async () => {
    const { shop } = await openSessionDesk();
    await shop.updateSkills(defaultSkills);
    expect(await shop.skills()).toHaveLength(defaultSkills.length);
    const twice = shop.updateSkills([skill, { ...skill, name: 'colours' }]);
    await expect(twice).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'skills.1.name' }],
    });
    expect(await shop.skills()).toHaveLength(defaultSkills.length);
    await shop.updateSkills([{ ...skill, required: true }]);
    expect(await shop.skills()).toMatchObject([{ ...skill, required: true }]);
  });
});
