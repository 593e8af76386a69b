import { type ErrorCode, errorCodes } from '../protocol/error-codes.ts';
import { errorGuide } from './error-guide.ts';
import { htmlPage, inline } from './html.ts';

const codes = Object.keys(errorCodes) as ErrorCode[];

const retryText = (code: ErrorCode): string =>
  errorCodes[code].retryable ? 'The same request may succeed later.' : 'The same request will fail again.';

const introduction =
  'Failures are `application/problem+json` (RFC 9457) with `type`, `title`, `status`, `detail`, `code`, ' +
  '`requestId` and, where parts of the request are wrong, `errors`. Decide by `code`: it is stable, the texts ' +
  'are not. `type` leads to the section of the code on the page /docs/errors.';

const section = (code: ErrorCode): string => {
  const { status, title } = errorCodes[code];
  const { meaning, remedy } = errorGuide[code];
  return `<section class="operation" id="${code}">
<h2><code>${code}</code> <span class="roles">${status}</span></h2>
<p><strong>${inline(title)}.</strong> ${inline(meaning)}</p>
<p><strong>What to do:</strong> ${inline(remedy)} ${retryText(code)}</p>
</section>`;
};

/** The page /docs/errors: one anchor for each code. */
export const errorPage = (): string =>
  htmlPage({
    title: 'Errors',
    body: `<header><h1>Errors</h1><p>${inline(introduction)}</p><p><a href="/docs">Back to the API</a></p></header>
<main>${codes.map(section).join('\n')}</main>`,
  });

/** The text of docs/errors.md, which a test compares with the file. */
export const errorMarkdown = (): string => {
  const sections = codes.map((code) => {
    const { status, title } = errorCodes[code];
    const { meaning, remedy } = errorGuide[code];
    return `## ${code}\n\n${status} · ${title}.\n\n${meaning}\n\n**What to do:** ${remedy} ${retryText(code)}\n`;
  });
  return `# Errors\n\n${introduction}\n\n${sections.join('\n')}`;
};
