import type { JsonSchema } from './openapi-schemas.ts';

/** One place in a body or reply, for people. */
export interface SchemaField {
  /** Dotted; `[]` stands for each item of a list. */
  path: string;
  type: string;
  required: boolean;
  /** What a value must keep to, in words. */
  constraints: string[];
  description: string | undefined;
}

export type Components = Record<string, JsonSchema>;

/** Deeper places are left to the OpenAPI document. */
const maximumDepth = 3;

const asSchema = (value: unknown): JsonSchema | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : undefined;

/** The schema itself, or the component that it refers to. */
export const resolveSchema = (schema: JsonSchema, components: Components): JsonSchema => {
  const reference = schema.$ref;
  if (typeof reference !== 'string') return schema;
  return components[reference.slice(reference.lastIndexOf('/') + 1)] ?? {};
};

const choicesOf = (schema: JsonSchema): JsonSchema[] => {
  const choices = schema.anyOf ?? schema.oneOf;
  return Array.isArray(choices) ? choices.map((choice) => asSchema(choice) ?? {}) : [];
};

const typeOf = (schema: JsonSchema, components: Components): string => {
  const resolved = resolveSchema(schema, components);
  const items = asSchema(resolved.items);
  if (resolved.type === 'array') return items ? `list of ${typeOf(items, components)}` : 'list';
  const choices = choicesOf(resolved);
  if (choices.length > 0) return choices.map((choice) => typeOf(choice, components)).join(' or ');
  return typeof resolved.type === 'string' ? resolved.type : 'any';
};

const wordings: Record<string, (value: unknown) => string> = {
  enum: (value) => (Array.isArray(value) ? `one of ${value.map((one) => `\`${one}\``).join(', ')}` : ''),
  const: (value) => `always \`${JSON.stringify(value)}\``,
  format: (value) => `format ${value}`,
  minLength: (value) => `at least ${value} characters`,
  maxLength: (value) => `at most ${value} characters`,
  minimum: (value) => `at least ${value}`,
  maximum: (value) => `at most ${value}`,
  exclusiveMinimum: (value) => `more than ${value}`,
  exclusiveMaximum: (value) => `less than ${value}`,
  minItems: (value) => `at least ${value} items`,
  maxItems: (value) => `at most ${value} items`,
  default: (value) => `default \`${JSON.stringify(value)}\``,
};

const patternOf = (schema: JsonSchema): string[] =>
  typeof schema.pattern === 'string' && schema.format === undefined && schema.pattern.length <= 60
    ? [`matches \`${schema.pattern}\``]
    : [];

/** What a schema asks of a value, in words. */
export const constraintsOf = (schema: JsonSchema, components: Components): string[] => {
  const resolved = resolveSchema(schema, components);
  const own = Object.entries(wordings).flatMap(([keyword, wording]) =>
    resolved[keyword] === undefined ? [] : [wording(resolved[keyword])],
  );
  const items = asSchema(resolved.items);
  const ofItems = items && typeOf(items, components) !== 'object' ? constraintsOf(items, components) : [];
  return [...own, ...patternOf(resolved), ...ofItems.map((constraint) => `each ${constraint}`)];
};

/** Every place in a schema, outer ones first. */
export const fieldsOf = (
  schema: JsonSchema,
  components: Components,
  prefix = '',
  depth = 0,
): SchemaField[] => {
  const resolved = resolveSchema(schema, components);
  const items = asSchema(resolved.items);
  if (items !== undefined) return fieldsOf(items, components, `${prefix}[]`, depth);
  const properties = asSchema(resolved.properties) ?? {};
  const required = Array.isArray(resolved.required) ? resolved.required : [];
  return Object.entries(properties).flatMap(([name, value]) => {
    const property = asSchema(value) ?? {};
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const target = resolveSchema(property, components);
    const description = property.description ?? target.description;
    const field: SchemaField = {
      path,
      type: typeOf(property, components),
      required: required.includes(name),
      constraints: constraintsOf(property, components),
      description: typeof description === 'string' ? description : undefined,
    };
    return depth < maximumDepth ? [field, ...fieldsOf(property, components, path, depth + 1)] : [field];
  });
};
