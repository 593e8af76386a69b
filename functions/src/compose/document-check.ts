import { checkDocument, type Finding } from '../documentation/gate/check-document.ts';
import { localDocumentWriter } from '../documentation/writers/document-writer.ts';
import { AppError } from '../errors/app-error.ts';
import { type Document, documentSchema } from '../protocol/documentation.ts';

const noDocument = (why: string): AppError =>
  new AppError('validation_failed', `This is no document of proofdesk: ${why}`);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw noDocument('it is no JSON.');
  }
};

/** The document in a JSON text; AppError `validation_failed` says what is wrong with it. */
export const parseDocument = (text: string): Document => {
  const result = documentSchema.safeParse(parseJson(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw noDocument(`${issue?.path.join('.')} ${issue?.message}`);
};

/** Texts of a document that say more than its facts. */
export const findingsIn = (document: Document): Finding[] => checkDocument(document);

/** Which engine a document of this command line comes from. */
export const documentEngine = localDocumentWriter.version;
