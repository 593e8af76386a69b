import { z } from 'zod';

const lineText = z.string().meta({ description: 'Source text, white space folded' });

/** A parameter of a function, or a property of a component or type. */
const memberSchema = z.strictObject({
  name: z.string(),
  type: lineText.optional(),
  required: z.boolean(),
  default: lineText.optional(),
});

/** An exported symbol as readers of the package see it. */
const apiSideSchema = z.strictObject({
  type: z.literal('api'),
  form: z
    .enum(['function', 'class', 'interface', 'type', 'enum', 'constant', 'namespace', 're-export', 'unknown'])
    .meta({ description: 're-export: all names of another package' }),
  signature: lineText.meta({
    description: 'Declaration without body, e.g. placeOrder(cart: Cart, options?: Options): Promise<Order>',
  }),
  parameters: z.array(memberSchema).meta({ description: 'Of a function, or of the constructor of a class' }),
  returns: lineText.optional(),
  members: z.array(memberSchema).meta({ description: 'Of a class, interface, object type or enum' }),
  package: z.string().optional(),
  entry: z.string().meta({ description: 'What to import from: the name of the package with its subpath' }),
  isDefault: z.boolean().optional().meta({ description: 'It is the default export of its entry' }),
  description: z.string().optional().meta({ description: 'First sentence of its doc comment' }),
  deprecated: z.boolean().optional().meta({ description: 'Its doc comment says so' }),
});

/** An HTTP operation. */
const routeSideSchema = z.strictObject({
  type: z.literal('route'),
  method: z.string().meta({ description: 'GET, POST … or ALL' }),
  path: z.string().meta({ description: 'With the prefixes of its routers, parameters as :name' }),
  source: z.enum(['express', 'fastify', 'nest', 'described', 'openapi']),
  pathParameters: z.array(z.string()),
  parameters: z
    .array(memberSchema)
    .meta({ description: 'Query, header and body fields where the content tells them' }),
  responses: z.array(z.string()).meta({ description: 'Status codes where the content tells them' }),
  guards: z
    .array(lineText)
    .optional()
    .meta({ description: 'Handlers that it names before its last one, in their order' }),
  summary: z.string().optional(),
  deprecated: z.boolean().optional().meta({ description: 'Its OpenAPI document says so' }),
});

const componentSideSchema = z.strictObject({
  type: z.literal('component'),
  properties: z.array(memberSchema),
});

/** Something that people read, hear or follow in a user interface. */
const textSideSchema = z.strictObject({
  type: z.literal('text'),
  component: z.string(),
  element: z.string().meta({ description: 'button, h1, input …' }),
  role: z.enum(['text', 'label', 'placeholder', 'title', 'alternative', 'role', 'link']).meta({
    description: 'text: visible; label: accessible name; link: where it leads',
  }),
  text: z.string(),
  target: z.string().optional().meta({ description: 'Where a link leads' }),
});

/** A setting or environment variable. */
const settingSideSchema = z.strictObject({
  type: z.literal('setting'),
  default: lineText.optional().meta({ description: 'What holds when nobody sets it' }),
  example: lineText.optional().meta({ description: 'A value that an example file shows' }),
  required: z.boolean().optional(),
  description: z.string().optional(),
});

/** An option, argument or command of a command line. */
const flagSideSchema = z.strictObject({
  type: z.literal('flag'),
  form: z.enum(['command', 'option', 'argument']),
  command: z.string().optional().meta({ description: 'Command it belongs to, e.g. users add' }),
  usage: z.string().meta({ description: 'e.g. -o, --output <path>' }),
  default: lineText.optional(),
  required: z.boolean(),
  description: z.string().optional(),
});

/** A dependency or a required engine. */
const dependencySideSchema = z.strictObject({
  type: z.literal('dependency'),
  range: z.string().meta({ description: 'As package.json has it' }),
  group: z.enum(['dependencies', 'peerDependencies', 'optionalDependencies', 'devDependencies', 'engines']),
  package: z.string().optional(),
});

/** One side of a change: what the subject was, or what it is. */
export const factSideSchema = z.discriminatedUnion('type', [
  apiSideSchema,
  routeSideSchema,
  componentSideSchema,
  textSideSchema,
  settingSideSchema,
  flagSideSchema,
  dependencySideSchema,
]);

export type FactMember = z.infer<typeof memberSchema>;
export type FactSide = z.infer<typeof factSideSchema>;
export type ApiSide = z.infer<typeof apiSideSchema>;
export type RouteSide = z.infer<typeof routeSideSchema>;
export type ComponentSide = z.infer<typeof componentSideSchema>;
export type TextSide = z.infer<typeof textSideSchema>;
export type SettingSide = z.infer<typeof settingSideSchema>;
export type FlagSide = z.infer<typeof flagSideSchema>;
export type DependencySide = z.infer<typeof dependencySideSchema>;
