import type { Identity } from '../../ports/identity.ts';
import type { StoredDocument } from '../../ports/records.ts';
import type { DocumentSummary, DocumentView } from '../../protocol/documentation-api.ts';

type Head = Omit<DocumentSummary, 'title' | 'from' | 'to'>;

const headOf = ({ id, repository, audience, engineVersion, origin, createdAt }: StoredDocument): Head => ({
  id,
  repository,
  audience,
  engineVersion,
  origin,
  createdAt,
});

export const presentDocumentSummary = (stored: StoredDocument): DocumentSummary => ({
  ...headOf(stored),
  title: stored.title,
  ...(stored.from !== undefined && { from: stored.from }),
  to: stored.to,
});

/** Customers read what is written for users; agents all but the answers of quizzes; administrators everything. */
export const presentDocument = ({ role }: Identity, stored: StoredDocument): DocumentView => {
  const { document } = stored;
  if (role === 'customer') return { ...headOf(stored), userDocumentation: document.userDocumentation };
  if (role === 'admin') return { ...headOf(stored), ...document };
  const { trainingMaterial } = document;
  const quizQuestions = trainingMaterial.quizQuestions.map(
    ({ correct: _, explanation: __, ...question }) => question,
  );
  return { ...headOf(stored), ...document, trainingMaterial: { ...trainingMaterial, quizQuestions } };
};
