import { createHash } from 'node:crypto';
import { AppError } from '../../errors/app-error.ts';
import type { Cache } from '../../ports/cache.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { ShopSettings, Skill } from '../../ports/records.ts';
import type { SkillView } from '../../protocol/agents.ts';
import { channels } from '../../protocol/enumerations.ts';
import type { ShopSettingsView } from '../../protocol/settings.ts';

/** How the shop works and what its people can do. */
export interface ShopService {
  settings(): Promise<ShopSettings>;
  /** AppError `conflict` when the revision sent is not the stored one. */
  updateSettings(change: ShopSettingsView): Promise<ShopSettings>;
  skills(): Promise<Skill[]>;
  /** Replaces the whole table. */
  updateSkills(skills: readonly SkillView[]): Promise<Skill[]>;
}

const settingsId = 'shop';
const listTtlMs = 5 * 60_000;
const mostSkills = 500;

/** What holds until an administrator says otherwise: weekdays nine to half past five, every channel. */
export const defaultSettings: ShopSettings = {
  id: settingsId,
  name: 'Our print shop',
  timeZone: 'UTC',
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:30' })),
  holidays: [],
  awayText: 'Nobody is at the desk right now. Write to us all the same: we answer when we are back.',
  channels: [...channels],
  revision: 1,
};

const skillId = (name: string): string => createHash('sha256').update(name.toLowerCase()).digest('base64url');

const ensureDistinct = (skills: readonly Skill[]): void => {
  const seen = new Set<string>();
  skills.forEach(({ id, name }, index) => {
    if (seen.has(id)) {
      const path = `skills.${index}.name`;
      throw new AppError('validation_failed', 'Each skill stands once in the table.', {
        errors: [{ path, message: `"${name}" stands in the table already` }],
      });
    }
    seen.add(id);
  });
};

export const createShopService = ({ store, cache }: { store: RecordStore; cache: Cache }): ShopService => {
  const readSkills = async (): Promise<Skill[]> => {
    const query = { orderBy: 'name', direction: 'ascending', limit: mostSkills } as const;
    return (await store.list('skills', query)).items;
  };

  const settings = (): Promise<ShopSettings> =>
    cache.getOrCompute(
      { scope: 'settings', key: settingsId, ttlMs: listTtlMs },
      async () => (await store.get('settings', settingsId)) ?? defaultSettings,
    );

  return {
    settings,
    updateSettings: async (change) => {
      const changed = await store.transaction(async (transaction) => {
        const current = (await transaction.get('settings', settingsId)) ?? defaultSettings;
        if (change.revision !== current.revision) {
          throw new AppError('conflict', 'Somebody changed the settings meanwhile: read them again first.');
        }
        const next = { ...change, id: settingsId, revision: current.revision + 1 };
        transaction.put('settings', next);
        return next;
      });
      await cache.invalidate(['settings']);
      return changed;
    },
    skills: () => cache.getOrCompute({ scope: 'skills', key: 'all', ttlMs: listTtlMs }, readSkills),
    updateSkills: async (views) => {
      const skills = views.map((view) => ({ ...view, id: skillId(view.name) }));
      ensureDistinct(skills);
      const kept = new Set(skills.map(({ id }) => id));
      const before = await readSkills();
      await store.write((writer) => {
        for (const { id } of before) if (!kept.has(id)) writer.delete('skills', id);
        for (const skill of skills) writer.put('skills', skill);
      });
      await cache.invalidate(['skills']);
      return skills.sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
};
