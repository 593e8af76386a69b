import { InvalidArgumentError } from 'commander';
import { type DocumentFormat, documentFormats } from '../documentation/rendering/document-formats.ts';
import { documentAudiences } from '../protocol/audiences.ts';
import type { DocumentAudience } from '../protocol/documentation.ts';

const chosen =
  <Choice extends string>(choices: readonly Choice[]) =>
  (text: string): Choice => {
    const choice = choices.find((candidate) => candidate === text);
    if (choice === undefined) throw new InvalidArgumentError(`Choose one of ${choices.join(', ')}.`);
    return choice;
  };

export const formatArgument = chosen(documentFormats);
export const audienceArgument = chosen(documentAudiences);

export interface OutputOptions {
  format: DocumentFormat;
  output?: string;
}

export interface SourceOptions {
  repo: string;
  audience: DocumentAudience;
  content: boolean;
}

/** Seconds between looks, as a whole number. */
export const secondsArgument = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1) throw new InvalidArgumentError('Write whole seconds.');
  return Number(text);
};
