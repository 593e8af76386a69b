import { AppError } from '../../errors/app-error.ts';
import type { PublishDocument } from '../../protocol/documentation-api.ts';
import { checkDocument } from '../gate/check-document.ts';

const firstFindings = 10;

/** A document from elsewhere is believed as far as its own facts carry it. */
export const ensureSupported = ({ document }: PublishDocument): void => {
  const findings = checkDocument(document);
  if (findings.length === 0) return;
  throw new AppError(
    'validation_failed',
    'Some sentences say more than their facts: make the document anew.',
    {
      errors: findings.slice(0, firstFindings).map(({ text, objections }) => ({
        path: 'document',
        message: `${objections[0]?.kind} ${objections[0]?.name}: ${text}`.slice(0, 300),
      })),
    },
  );
};
