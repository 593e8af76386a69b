/** What a run can measure, in the order in which it does. */
export const partNames = ['idle', 'rooms-of-10', 'rooms-of-50', 'adds'] as const;
export type PartName = (typeof partNames)[number];
