import type { SurfaceElement } from '../surface/surface-element.ts';
import type { SurfaceChange } from './change.ts';
import { guardDifferences } from './guard-differences.ts';
import type { Difference } from './member-differences.ts';
import { sideDifferences } from './side-differences.ts';

/** Taking it away breaks whoever used it. */
const isRelied = ({ kind, isPublic, side }: SurfaceElement): boolean =>
  isPublic && kind !== 'dependency' && !(side.type === 'setting' && side.required === false);

const isDemanded = ({ side }: SurfaceElement): boolean =>
  (side.type === 'setting' && side.required === true) ||
  (side.type === 'flag' && side.form !== 'command' && side.required) ||
  (side.type === 'dependency' && side.group === 'peerDependencies');

/** What a change means: how the sides differ, and whether it breaks those who rely on the subject. */
export const changeEffect = ({
  change,
  before,
  after,
  ofNew,
}: SurfaceChange): { differences: string[]; breaking: boolean } => {
  const found: Difference[] =
    before && after
      ? [
          ...sideDifferences(before.side, after.side, after.use ?? 'taken'),
          ...guardDifferences(before, after),
        ]
      : [];
  const differences = found.map(({ text }) => text);
  if (change === 'added')
    return { differences, breaking: !ofNew && after !== undefined && isDemanded(after) };
  if (!before) return { differences, breaking: false };
  if (change === 'changed')
    return { differences, breaking: before.isPublic && found.some(({ breaking }) => breaking) };
  return { differences, breaking: isRelied(before) };
};
