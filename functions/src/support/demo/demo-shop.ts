import type { ShopSettingsView } from '../../protocol/settings.ts';
import { defaultSettings } from '../shop/shop-service.ts';

const { id: _, ...usual } = defaultSettings;

/** The demo shop is open round the clock, so that whoever tries it meets somebody (rule RO11). */
export const demoShop: ShopSettingsView = {
  ...usual,
  name: 'Proofdesk demo shop',
  hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
};
