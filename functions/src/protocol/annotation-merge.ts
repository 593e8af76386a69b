import { isJsonObject, type JsonValue } from './annotation-data.ts';
import type { Annotation } from './annotations.ts';

/** What an update may change. */
export interface AnnotationPatch {
  type?: Annotation['type'] | undefined;
  data?: JsonValue | undefined;
  layer?: string | undefined;
  page?: number | undefined;
}

/**
 * `data` after an update (rule RT6): each top-level key of an object is a property of its own, and `null` removes
 * it; anything else replaces the whole.
 */
const mergeData = (current: JsonValue, patch: JsonValue): JsonValue => {
  if (!isJsonObject(patch)) return patch;
  const merged = new Map(isJsonObject(current) ? Object.entries(current) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  }
  // Made from entries: a key can never reach a prototype.
  return Object.fromEntries(merged) as JsonValue;
};

/** The annotation after an update; later ones in the order of the log win, property by property. */
export const applyPatch = <Patched extends Pick<Annotation, 'type' | 'data' | 'layer' | 'page'>>(
  annotation: Patched,
  { type, data, layer, page }: AnnotationPatch,
): Patched => ({
  ...annotation,
  ...(type !== undefined && { type }),
  ...(layer !== undefined && { layer }),
  ...(page !== undefined && { page }),
  ...(data !== undefined && { data: mergeData(annotation.data, data) }),
});
