import { findingsIn, parseDocument } from '../compose/document-check.ts';
import { readDocumentText } from './document-input.ts';
import { print, say } from './print.ts';

/** Says which texts of a document are not carried by its facts; fails when there are any. */
export const checkDocument = async (file: string | undefined): Promise<void> => {
  const document = parseDocument(await readDocumentText(file));
  const findings = findingsIn(document);
  for (const finding of findings) {
    const why = finding.objections.map(({ kind, name }) => `${kind}: ${name}`).join('; ');
    print(`${why}\n  ${finding.text}`);
  }
  say(`${document.stats.sentences} sentences, ${findings.length} of the texts say more than their facts.`);
  if (findings.length > 0) process.exitCode = 1;
};
