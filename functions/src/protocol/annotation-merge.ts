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
export const mergeData = (current: JsonValue, patch: JsonValue): JsonValue => {
  if (!isJsonObject(patch)) return patch;
  const merged = new Map(isJsonObject(current) ? Object.entries(current) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  }
  // Made from entries: a key can never reach a prototype.
  return Object.fromEntries(merged) as JsonValue;
};

/** What an update changes beside `data`. */
export const changedFields = ({ type, layer, page }: Omit<AnnotationPatch, 'data'>) => ({
  ...(type !== undefined && { type }),
  ...(layer !== undefined && { layer }),
  ...(page !== undefined && { page }),
});

/** The annotation after an update; later ones in the order of the log win, property by property. */
export const applyPatch = <Patched extends Pick<Annotation, 'type' | 'data' | 'layer' | 'page'>>(
  annotation: Patched,
  { data, ...fields }: AnnotationPatch,
): Patched => ({
  ...annotation,
  ...changedFields(fields),
  ...(data !== undefined && { data: mergeData(annotation.data, data) }),
});
