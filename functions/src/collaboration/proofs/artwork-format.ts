import type { ProofFormat } from '../../protocol/enumerations.ts';

/** Bytes from the beginning by which a file is recognised. */
export const headBytes = 8 * 1024;
/** A PDF may have something else before its header (ISO 32000, annex H in older readers). */
const pdfHeaderWithin = 1_024;

const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const startsWith = (head: Buffer, ...bytes: number[]): boolean =>
  head.subarray(0, bytes.length).equals(Buffer.from(bytes));

/** The text behind what may stand before the first element of an XML document. */
const afterProlog = (text: string): string => {
  let rest = text.replace(/^\uFEFF/, '').trimStart();
  const closings: [string, string][] = [
    ['<?', '?>'],
    ['<!--', '-->'],
    ['<!DOCTYPE', '>'],
  ];
  for (let opened = true; opened; ) {
    const closing = closings.find(([open]) => rest.startsWith(open));
    const end = closing === undefined ? -1 : rest.indexOf(closing[1]);
    opened = end !== -1;
    if (opened) rest = rest.slice(end + (closing?.[1].length ?? 0)).trimStart();
  }
  return rest;
};

const isSvg = (head: Buffer): boolean => /^<(svg:)?svg[\s>/]/.test(afterProlog(head.toString('utf8')));

const postScriptFormat = (head: Buffer): ProofFormat | undefined => {
  const text = head.toString('latin1');
  if (!text.startsWith('%!PS-Adobe-')) return undefined;
  if (/%%Creator: ?Adobe Illustrator/.test(text)) return 'ai';
  return /^%!PS-Adobe-\d\.\d EPSF-/.test(text) ? 'eps' : undefined;
};

const isTiff = (head: Buffer): boolean =>
  startsWith(head, 0x49, 0x49, 0x2a, 0) ||
  startsWith(head, 0x4d, 0x4d, 0, 0x2a) ||
  startsWith(head, 0x49, 0x49, 0x2b, 0) ||
  startsWith(head, 0x4d, 0x4d, 0, 0x2b);

/** An Illustrator document is a PDF by its bytes, and may hold nothing to show: the name may take, never give. */
const pdfFormat = (name: string): ProofFormat => (/\.ai$/i.test(name) ? 'ai' : 'pdf');

/**
 * What a file is by its first bytes; undefined for what is not taken. A signature library knows hundreds of types,
 * but neither SVG nor which of them are artwork, and reads further into a stranger's bytes than this.
 */
export const formatOf = (head: Buffer, name: string): ProofFormat | undefined => {
  if (head.subarray(0, pngSignature.length).equals(pngSignature)) return 'png';
  if (startsWith(head, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (head.subarray(0, pdfHeaderWithin).includes('%PDF-')) return pdfFormat(name);
  if (isTiff(head)) return 'tiff';
  if (head.toString('latin1', 0, 4) === '8BPS') return 'psd';
  if (startsWith(head, 0xc5, 0xd0, 0xd3, 0xc6)) return 'eps';
  return postScriptFormat(head) ?? (isSvg(head) ? 'svg' : undefined);
};

/** Media types by which files are handed out. */
export const mediaTypes: Record<ProofFormat, string> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  pdf: 'application/pdf',
  tiff: 'image/tiff',
  psd: 'image/vnd.adobe.photoshop',
  ai: 'application/vnd.adobe.illustrator',
  eps: 'application/postscript',
  svg: 'image/svg+xml',
};
