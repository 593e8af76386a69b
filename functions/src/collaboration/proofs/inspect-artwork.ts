import { AppError } from '../../errors/app-error.ts';
import type { Files } from '../../ports/files.ts';
import type { ProofFormat } from '../../protocol/enumerations.ts';
import type { ProofPageRun } from '../../protocol/proofs.ts';
import { formatOf, headBytes } from './artwork-format.ts';
import { type ByteSource, openByteSource } from './byte-source.ts';
import { readJpegPage, readPngPage } from './image-page.ts';
import { readPdfPages } from './pdf/pdf-pages.ts';

/** What a file is, and the pages it is shown with: none for formats that are for download only. */
export interface Artwork {
  format: ProofFormat;
  pages: ProofPageRun[];
}

const readers: Partial<Record<ProofFormat, (source: ByteSource) => Promise<ProofPageRun[]>>> = {
  png: readPngPage,
  jpeg: readJpegPage,
  pdf: readPdfPages,
};

/**
 * Tells by its content what a stored file is. AppError `unsupported_media_type` for what is not taken as artwork,
 * `validation_failed` for what is damaged or larger than can be shown. Time and memory are bounded whatever the
 * file says of itself: it is read in small pieces, and nothing is unpacked beyond a limit.
 */
export const inspectArtwork = async (
  files: Files,
  stored: { id: string; size: number; name: string },
): Promise<Artwork> => {
  const source = openByteSource(files, stored.id, stored.size);
  const format = formatOf(await source.read(0, headBytes), stored.name);
  if (format === undefined) {
    throw new AppError('unsupported_media_type', 'Send PNG, JPEG, PDF, TIFF, PSD, AI, EPS or SVG.');
  }
  return { format, pages: (await readers[format]?.(source)) ?? [] };
};
