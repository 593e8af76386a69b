import { z } from 'zod';
import { documentEngine, parseDocument } from '../compose/document-check.ts';
import { readPublishToken } from '../config.ts';
import { AppError } from '../errors/app-error.ts';
import type { DocumentAudience } from '../protocol/documentation.ts';
import { readDocumentText } from './document-input.ts';
import { say } from './print.ts';

export interface PublishOptions {
  url: string;
  repository: string;
  audience: DocumentAudience;
  document?: string;
}

const replySchema = z.object({ id: z.string() });
const problemSchema = z.object({
  detail: z.string(),
  errors: z.array(z.object({ message: z.string() })).default([]),
});

const addressOf = (url: string): URL => {
  if (!URL.canParse(url)) {
    throw new AppError(
      'validation_failed',
      'Write the address of the server, e.g. https://desk.example.com.',
    );
  }
  const address = new URL('/api/v1/documentation', url);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname);
  if (address.protocol !== 'https:' && !local)
    throw new AppError('validation_failed', 'Use https: the token would travel for everybody to read.');
  return address;
};

const refusalOf = async (reply: Response): Promise<string> => {
  const problem = problemSchema.safeParse(await reply.json().catch(() => undefined));
  if (!problem.success) return `The server answered ${reply.status}.`;
  return [problem.data.detail, ...problem.data.errors.map(({ message }) => message)].join('\n');
};

/** Sends a document that was made here to a server that does not hold the repository (rule DO11). */
export const publishDocument = async (options: PublishOptions): Promise<void> => {
  const token = readPublishToken();
  if (token === undefined)
    throw new AppError('validation_failed', 'Set PROOFDESK_TOKEN to the token of an administrator.');
  const json = await readDocumentText(options.document);
  const { repository, audience } = options;
  const address = addressOf(options.url);
  const reply = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      repository,
      audience,
      engineVersion: documentEngine,
      document: parseDocument(json),
    }),
  }).catch((cause: unknown) => {
    throw new AppError('unavailable', `${address.origin} does not answer: look at --url.`, { cause });
  });
  if (!reply.ok) throw new AppError('validation_failed', await refusalOf(reply));
  const { id } = replySchema.parse(await reply.json());
  say(`${reply.status === 201 ? 'Published' : 'Was published before'}: ${id}.`);
};
