import { AppError } from '../../errors/app-error.ts';
import type { WebhookReply } from '../../protocol/documentation-api.ts';
import type { DocumentationService } from '../documentation-service.ts';
import { readPush } from './push-event.ts';
import { isSignedBy, type SignedRequest } from './signature.ts';

/** Takes notice of new commits that a forge tells of. */
export interface Webhook {
  /**
   * AppError `not_found` while no secret is set, `bad_signature`, `malformed_json`. The same push again starts
   * nothing: its range is documented or on its way.
   */
  receive(request: SignedRequest): Promise<WebhookReply>;
}

const parse = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('malformed_json', 'The body is not JSON: choose application/json for the webhook.');
  }
};

/** Undefined for a branch that went back. Nobody chose these commits, so who names a range is told another thing. */
const explained = (error: unknown): undefined => {
  if (!(error instanceof AppError) || error.code !== 'validation_failed') throw error;
  if (error.errors.some(({ path }) => path === 'from')) return undefined;
  throw new AppError(
    'validation_failed',
    'Not all commits of this push are in the clone that the server reads: fetch them there and send this delivery again, or have the range documented by hand.',
    { errors: error.errors, cause: error },
  );
};

const ignored = (reason: string): WebhookReply => ({ status: 'ignored', reason });

export const createWebhook = (documentation: DocumentationService, secret: string | undefined): Webhook => ({
  receive: async (request) => {
    if (secret === undefined) {
      throw new AppError('not_found', 'Webhooks are switched off here: DOCS_WEBHOOK_SECRET is not set.');
    }
    if (!isSignedBy(secret, request)) {
      throw new AppError(
        'bad_signature',
        'The signature or token does not fit: compare the secret on both sides.',
      );
    }
    const push = readPush(parse(request.body));
    if (push === undefined) return ignored('Only pushes to branches are documented.');
    if (!push.isDefaultBranch) return ignored('Only the default branch is documented.');
    const repository = push.names.find((name) => documentation.hasRepository(name));
    if (repository === undefined) return ignored('The repository is not in DOCS_REPOSITORIES.');
    const { from, to } = push;
    const generated = await documentation
      .generate({ repository, from, to, audience: 'everyone' })
      .catch(explained);
    if (generated === undefined) return ignored('The branch went back: nothing new came.');
    return 'stored' in generated
      ? { status: 'known', documentId: generated.stored.id }
      : { status: 'accepted', jobId: generated.job.view().id };
  },
});
