import type { Document } from '../../protocol/documentation.ts';
import { webVtt } from '../../protocol/video-script.ts';
import { changelogSection, withSection } from './changelog.ts';
import { documentMarkdown } from './markdown.ts';
import { storyboard } from './storyboard.ts';

/** The forms in which a document can be had. */
export const documentFormats = ['json', 'markdown', 'changelog', 'captions', 'storyboard'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

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
