import { z } from 'zod';
import type { FactMember } from '../../../protocol/fact-sides.ts';
import { followReference } from './openapi-reference.ts';

const schemaSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional().catch(undefined),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional().catch(undefined),
  allOf: z.array(z.unknown()).optional().catch(undefined),
  default: z.unknown().optional(),
  $ref: z.string().optional(),
});

type Schema = z.infer<typeof schemaSchema>;

/** A schema that has a name is told by it; one that lists its values by these. */
const typeOf = (value: unknown): string | undefined => {
  const { data } = schemaSchema.safeParse(value);
  if (data?.$ref !== undefined) return data.$ref.slice(data.$ref.lastIndexOf('/') + 1);
  if (data?.enum !== undefined) return data.enum.map((choice) => JSON.stringify(choice)).join(' | ');
  const types = [data?.type ?? []].flat();
  if (types.length === 1 && types[0] === 'array') {
    const inner = typeOf(data?.items) ?? 'unknown';
    return inner.includes(' | ') ? `(${inner})[]` : `${inner}[]`;
  }
  return types.length === 0 ? undefined : types.join(' | ');
};

/** A parameter, or a field of a body, with what its schema tells. */
export const schemaMember = (name: string, required: boolean, schema: unknown): FactMember => {
  const type = typeOf(schema);
  const fallback = schemaSchema.safeParse(schema).data?.default;
  return {
    name,
    required,
    ...(type === undefined ? {} : { type }),
    ...(fallback === undefined ? {} : { default: JSON.stringify(fallback) }),
  };
};

const mostNested = 5;

/** A schema with everything that `allOf` puts into it. */
const wholeSchema = (document: unknown, value: unknown, nested = 0): Schema => {
  const own = schemaSchema.safeParse(followReference(document, value)).data ?? {};
  if (nested > mostNested) return own;
  const parts = [...(own.allOf ?? []).map((part) => wholeSchema(document, part, nested + 1)), own];
  return {
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required }) => required ?? []),
  };
};

/** The fields of a body. */
export const bodyMembers = (document: unknown, schema: unknown): FactMember[] => {
  const { properties = {}, required = [] } = wholeSchema(document, schema);
  return Object.entries(properties).map(([name, value]) =>
    schemaMember(`body.${name}`, required.includes(name), value),
  );
};
