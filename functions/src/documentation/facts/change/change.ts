import type { SurfaceElement } from '../surface/surface-element.ts';

/** What the range as a whole did to one subject. */
export interface SurfaceChange {
  change: 'added' | 'changed' | 'removed' | 'renamed';
  before?: SurfaceElement;
  after?: SurfaceElement;
  /** What it belongs to is new as well, so that nobody used that without it. */
  ofNew?: boolean;
}
