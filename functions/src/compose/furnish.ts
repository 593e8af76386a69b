import { recordsSetting } from '../config.ts';
import { completeGuides } from '../documentation/documents/complete-guides.ts';
import type { Clock } from '../ports/clock.ts';
import type { RecordStore } from '../ports/record-store.ts';
import { demoAgents } from '../support/demo/demo-people.ts';
import { demoSessionId, seedDemo } from '../support/demo/seed-demo.ts';
import { seedArticles } from '../support/knowledge/article-files.ts';
import { createDecisionService } from '../support/routing/decision-service.ts';
import { createOutcomeLearning } from '../support/routing/outcome-learning.ts';
import { defaultSkills } from '../support/shop/default-skills.ts';
import { defaultSettings } from '../support/shop/shop-service.ts';
import { decideDemo, markAsDemo } from './demo-mode.ts';
import { ensureFitForProduction, hasDemoUser, hasUser } from './fit-for-production.ts';
import { furnishArtwork } from './furnish-artwork.ts';
import { createLearning } from './learning.ts';
import type { Parts } from './parts.ts';
import type { Services } from './services.ts';
import { clock } from './system-time.ts';

/** A shop that has no settings yet is new: it starts with skills and articles that can be changed later. */
const furnishNewShop = async (store: RecordStore, { shop }: Services): Promise<void> => {
  if ((await store.get('settings', defaultSettings.id)) !== undefined) return;
  await seedArticles(store);
  await shop.updateSkills(defaultSkills);
  await store.write((writer) => writer.put('settings', defaultSettings));
};

/**
 * The demo shop has a past, so its decisions and their outcomes are made on a clock that can be set back, and by
 * the local model: hundreds of made-up messages are not worth asking anybody else.
 */
const furnishDemo = ({ engines, services, ai, logger }: Parts): Promise<void> => {
  const { store, demoAccounts } = engines;
  const { shop, decisionOptions, analytics } = services;
  // What is learnt on the way is the past's: the first decision of the present looks for itself.
  const learning = createLearning(store, logger);
  const now = clock.now();
  let time = now;
  const past: Clock = { ...clock, now: () => time };
  const earlier = {
    travelTo: (moment: number) => {
      time = moment;
    },
    consider: createDecisionService({ ...decisionOptions, ...learning, engine: ai.local, clock: past })
      .consider,
    subscribers: [createOutcomeLearning({ ...learning, clock: past }), analytics.subscriber],
  };
  return seedDemo({ store, accounts: demoAccounts, shop, earlier, now });
};

/**
 * Makes the data fit to be served, and tells whether it is a demo's. The demo shop is seeded unless it is there;
 * a seeding that was cut short is done again.
 */
export const furnish = async (parts: Parts): Promise<boolean> => {
  const { config, engines, services } = parts;
  const { store } = engines;
  const [hasUsers, hasDemoUsers] = await Promise.all([hasUser(store), hasDemoUser(store)]);
  const demo = decideDemo(config, { hasUsers, hasDemoUsers });
  await ensureFitForProduction(config, store);
  await furnishNewShop(store, services);
  await completeGuides(store);
  if (demo && (await store.get('supportSessions', demoSessionId)) === undefined) {
    if (recordsSetting(config) === 'DATA_DIR') await markAsDemo(config.dataDir);
    await furnishDemo(parts);
  }
  if (!demo) return false;
  services.attendance.excuse(demoAgents.map(({ id }) => id));
  await furnishArtwork(parts);
  return true;
};
