import type { JsonSchema } from './openapi-schemas.ts';
import { type Components, resolveSchema } from './schema-fields.ts';

const maximumDepth = 6;

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);

const exampleText = (schema: JsonSchema): string => {
  if (schema.format === 'date-time') return '2026-01-31T09:30:00.000Z';
  if (schema.format === 'email') return 'customer@demo.local';
  const { minLength, maxLength } = schema;
  const text = 'Need help with bleed settings';
  const longest = typeof maxLength === 'number' ? text.slice(0, maxLength) : text;
  return typeof minLength === 'number' ? longest.padEnd(minLength, '.') : longest;
};

const exampleObject = (
  schema: JsonSchema,
  components: Components,
  depth: number,
): Record<string, unknown> => {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  const required = Array.isArray(schema.required) ? schema.required : [];
  const needed = properties.filter(([name]) => required.includes(name));
  const shown = needed.length > 0 ? needed : properties.slice(0, 1);
  return Object.fromEntries(
    shown.map(([name, property]) => [name, exampleOf(property, components, depth + 1)]),
  );
};

/** The smallest value that shows how a body looks: what is required, or else the first property. */
export const exampleOf = (schema: JsonSchema, components: Components, depth = 0): unknown => {
  const resolved = resolveSchema(schema, components);
  const given = firstOf(resolved.examples) ?? resolved.const ?? resolved.default ?? firstOf(resolved.enum);
  if (given !== undefined || depth > maximumDepth) return given ?? null;
  const choice = firstOf(resolved.anyOf) ?? firstOf(resolved.oneOf);
  if (choice !== undefined) return exampleOf(choice as JsonSchema, components, depth + 1);
  switch (resolved.type) {
    case 'object':
      return exampleObject(resolved, components, depth);
    case 'array':
      return resolved.items === undefined
        ? []
        : [exampleOf(resolved.items as JsonSchema, components, depth + 1)];
    case 'integer':
    case 'number':
      return resolved.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      return exampleText(resolved);
  }
};
