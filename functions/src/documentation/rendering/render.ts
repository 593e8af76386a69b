import { webVtt } from '../../protocol/captions.ts';
import type { Document } from '../../protocol/documentation.ts';
import { changelogSection, withSection } from './changelog.ts';
import type { DocumentFormat } from './document-formats.ts';
import { documentMarkdown } from './markdown.ts';
import { storyboard } from './storyboard.ts';

/** A document as a text; `existing` is the changelog that a section is put into. */
export const renderDocument = (document: Document, format: DocumentFormat, existing = ''): string => {
  switch (format) {
    case 'json':
      return `${JSON.stringify(document, null, 2)}\n`;
    case 'markdown':
      return documentMarkdown(document);
    case 'changelog':
      return withSection(existing, changelogSection(document));
    case 'captions':
      return webVtt(document.trainingMaterial.videoScript.scenes);
    case 'storyboard':
      return storyboard(document.trainingMaterial.videoScript);
  }
};
