import { z } from 'zod';

/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 holds it. */
export type JsonSchema = { [keyword: string]: unknown };

/** Schemas of one OpenAPI document; those with an id of their own are kept once, under their id. */
export interface SchemaCollection {
  /** The JSON Schema of what a caller sends (`input`) or receives (`output`). */
  schemaOf(schema: z.ZodType, direction: 'input' | 'output'): JsonSchema;
  /** Named schemas that were met so far. */
  readonly components: Record<string, JsonSchema>;
}

const definitionReference = /^#\/\$defs\/(.+)$/;

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same schema with its references pointed at the document's components. */
const relocate = (value: unknown, nameOf: (definition: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((item) => relocate(item, nameOf));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([keyword, inner]) => {
      const definition = typeof inner === 'string' ? definitionReference.exec(inner)?.[1] : undefined;
      if (keyword === '$ref' && definition !== undefined) {
        return [keyword, `#/components/schemas/${nameOf(definition)}`];
      }
      return [keyword, relocate(inner, nameOf)];
    }),
  );
};

/** Safe integers are every number that JSON texts carry exactly; saying so at each integer is noise. */
const withoutSafeIntegerBounds = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutSafeIntegerBounds);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(
    ([keyword, bound]) =>
      !(
        (keyword === 'minimum' && bound === Number.MIN_SAFE_INTEGER) ||
        (keyword === 'maximum' && bound === Number.MAX_SAFE_INTEGER)
      ),
  );
  return Object.fromEntries(entries.map(([keyword, inner]) => [keyword, withoutSafeIntegerBounds(inner)]));
};

export const createSchemaCollection = (): SchemaCollection => {
  const components: Record<string, JsonSchema> = {};
  let anonymous = 0;

  const schemaOf: SchemaCollection['schemaOf'] = (schema, direction) => {
    const options = { io: direction, unrepresentable: 'any' } as const;
    const { $schema, $defs, ...whole } = withoutSafeIntegerBounds(
      z.toJSONSchema(schema, options),
    ) as JsonSchema;
    const names = new Map<string, string>();
    const nameOf = (definition: string): string => {
      // Recursive schemas without an id get numbers that begin anew for each schema.
      const name =
        names.get(definition) ?? (definition.startsWith('__') ? `Schema${++anonymous}` : definition);
      names.set(definition, name);
      return name;
    };
    for (const [definition, inner] of Object.entries(isObject($defs) ? $defs : {})) {
      components[nameOf(definition)] = relocate(inner, nameOf) as JsonSchema;
    }
    return relocate(whole, nameOf) as JsonSchema;
  };
  return { components, schemaOf };
};
