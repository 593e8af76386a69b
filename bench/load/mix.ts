import { type ActivityName, activityNames } from './activities.ts';

/** How many shares of all activities each has. */
export type Mix = ReadonlyMap<ActivityName, number>;

const activityNamed = (name: string): ActivityName => {
  const known = activityNames.find((candidate) => candidate === name);
  if (known === undefined)
    throw new Error(`There is no activity "${name}": use ${activityNames.join(', ')}.`);
  return known;
};

/** Reads `route=6,list=3`. */
export const parseMix = (text: string): Mix =>
  new Map(
    text.split(',').map((part) => {
      const [name = '', share = ''] = part.split('=');
      if (!/^[1-9]\d*$/.test(share))
        throw new Error(`Write the share of "${name}" as a whole number above 0.`);
      return [activityNamed(name.trim()), Number(share)];
    }),
  );

/** Spreads activities evenly as the mix says, always in the same order, so that two runs send the same. */
export const createChooser = (mix: Mix): (() => ActivityName) => {
  const total = [...mix.values()].reduce((sum, share) => sum + share, 0);
  const owed = new Map([...mix.keys()].map((name) => [name, 0]));
  return () => {
    for (const [name, share] of mix) owed.set(name, (owed.get(name) ?? 0) + share);
    const [chosen, debt] = [...owed].reduce((one, other) => (other[1] > one[1] ? other : one));
    owed.set(chosen, debt - total);
    return chosen;
  };
};
