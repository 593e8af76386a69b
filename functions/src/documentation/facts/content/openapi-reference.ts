/** More steps than these lead nowhere. */
const mostSteps = 10;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What `#/components/parameters/Page` names, by the rules of a JSON pointer. */
const pointedAt = (document: unknown, reference: string): unknown =>
  reference
    .slice('#/'.length)
    .split('/')
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((value, step) => (isObject(value) ? value[step] : undefined), document);

/** A part of a document, or what stands elsewhere in the document in its place; other documents are not read. */
export const followReference = (document: unknown, value: unknown): unknown => {
  let found = value;
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const reference = isObject(found) ? found.$ref : undefined;
    if (typeof reference !== 'string' || !reference.startsWith('#/')) return found;
    found = pointedAt(document, reference);
  }
  return undefined;
};
