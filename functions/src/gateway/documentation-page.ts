import { escapeHtml, htmlPage, inline, paragraphs } from './html.ts';
import type { JsonSchema } from './openapi-schemas.ts';
import type { OpenApiDocument, OperationObject, ParameterObject, ResponseObject } from './openapi-types.ts';
import { exampleOf } from './schema-example.ts';
import { type Components, constraintsOf, fieldsOf, type SchemaField } from './schema-fields.ts';

/** One operation with the address it has in the document. */
interface Entry {
  method: string;
  path: string;
  operation: OperationObject;
}

const entriesOf = (document: OpenApiDocument): Entry[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );

const fieldItem = ({ path, type, required, constraints, description }: SchemaField): string => {
  const need = required ? '<span class="required">required</span>' : 'optional';
  const notes = [...(description === undefined ? [] : [description]), ...constraints];
  return `<dt><code>${escapeHtml(path)}</code> <span class="type">${escapeHtml(type)}, ${need}</span></dt>
<dd>${inline(notes.join('; '))}</dd>`;
};

const fieldList = (title: string, fields: readonly SchemaField[]): string =>
  fields.length === 0 ? '' : `<h4>${title}</h4>\n<dl>${fields.map(fieldItem).join('\n')}</dl>`;

const parameterField = (components: Components, parameter: ParameterObject): SchemaField => ({
  path: parameter.name,
  type: `${parameter.schema.type ?? 'text'} in ${parameter.in}`,
  required: parameter.required,
  constraints: constraintsOf(parameter.schema, components),
  description: parameter.description,
});

const schemaOfContent = (
  content: Record<string, { schema: JsonSchema }> | undefined,
): JsonSchema | undefined => content && Object.values(content)[0]?.schema;

const replyItem = ([status, reply]: [string, ResponseObject], components: Components): string => {
  const schema = Number(status) < 400 ? schemaOfContent(reply.content) : undefined;
  const fields = schema === undefined ? [] : fieldsOf(schema, components);
  const details =
    fields.length === 0
      ? ''
      : `<details><summary>Fields of the reply</summary><dl>${fields.map(fieldItem).join('\n')}</dl></details>`;
  const links = inline(reply.description).replace(
    /<code>([a-z_]+)<\/code>:/g,
    '<a href="/docs/errors#$1"><code>$1</code></a>:',
  );
  return `<dt><code>${status}</code></dt><dd>${links}${details}</dd>`;
};

/** A text as one word of a POSIX shell. */
const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const curlOf = ({ method, path, operation }: Entry, components: Components): string => {
  const body = schemaOfContent(operation.requestBody?.content);
  const lines = [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} "$PROOFDESK_URL${path}"`,
    ...(operation.security.length > 0 ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(body === undefined
      ? []
      : [
          "-H 'Content-Type: application/json'",
          `-d ${shellQuoted(JSON.stringify(exampleOf(body, components)))}`,
        ]),
  ];
  return escapeHtml(lines.join(' \\\n  '));
};

const operationSection = (entry: Entry, components: Components): string => {
  const { method, path, operation } = entry;
  const body = schemaOfContent(operation.requestBody?.content);
  const parameters = (operation.parameters ?? []).map((parameter) => parameterField(components, parameter));
  const roles = operation['x-roles']
    .map((role) => `<span class="roles">${escapeHtml(role)}</span>`)
    .join(' ');
  const replies = Object.entries(operation.responses).map((reply) => replyItem(reply, components));
  return `<section class="operation" id="${operation.operationId}">
<h3><span class="method ${method}">${method}</span> <code>${escapeHtml(path)}</code></h3>
<p>${inline(operation.summary)}</p>
<p>For ${roles}</p>
${operation.description === undefined ? '' : paragraphs(operation.description)}
${fieldList('Parameters', parameters)}
${body === undefined ? '' : fieldList('Body', fieldsOf(body, components))}
<h4>Replies</h4>
<dl>${replies.join('\n')}</dl>
<h4>Example</h4>
<pre tabindex="0"><code>${curlOf(entry, components)}</code></pre>
</section>`;
};

/** The page /docs: the whole document for people, grouped by tag, in plain HTML. */
export const documentationPage = (document: OpenApiDocument): string => {
  const { info, tags, components } = document;
  const entries = entriesOf(document);
  const groups = tags.map(({ name }) => ({
    name,
    entries: entries.filter(({ operation }) => operation.tags.includes(name)),
  }));
  const link = ({ method, path, operation }: Entry) =>
    `<li><a href="#${operation.operationId}">${method.toUpperCase()} <code>${escapeHtml(path)}</code></a></li>`;
  const contents = groups.map(
    (group) => `<h2>${escapeHtml(group.name)}</h2><ul>${group.entries.map(link).join('')}</ul>`,
  );
  const sections = groups.map(
    (group) =>
      `<h2>${escapeHtml(group.name)}</h2>\n${group.entries
        .map((entry) => operationSection(entry, components.schemas))
        .join('\n')}`,
  );
  return htmlPage({
    title: 'API',
    body: `<header><h1>${escapeHtml(info.title)} API <span class="roles">${escapeHtml(info.version)}</span></h1>
${paragraphs(info.description)}
<p>The examples expect the server's address in <code>PROOFDESK_URL</code> and a token in <code>TOKEN</code>.</p>
<p><a href="/openapi.json">OpenAPI document</a> · <a href="/docs/errors">Errors</a></p></header>
<nav aria-label="Operations">${contents.join('\n')}</nav>
<main>${sections.join('\n')}</main>`,
  });
};
