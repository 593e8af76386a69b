import { deflateSync } from 'node:zlib';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** The beginning of a PNG, which is all that is read of one. */
export const pngOf = (width: number, height: number): Buffer => {
  const head = Buffer.alloc(33);
  head.set(bytes('\x89PNG\r\n\x1a\n'));
  head.writeUInt32BE(13, 8);
  head.set(bytes('IHDR'), 12);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  head.set([8, 2, 0, 0, 0], 24);
  return head;
};

const segment = (marker: number, content: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
};

const exifOf = (orientation: number, order: 'II' | 'MM'): Buffer => {
  const tiff = Buffer.alloc(8 + 2 + 12 + 4);
  const little = order === 'II';
  const short = (value: number, at: number) =>
    little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.set(bytes(order));
  short(42, 2);
  long(8, 4);
  short(1, 8);
  short(0x0112, 10);
  short(3, 12);
  long(1, 14);
  short(orientation, 18);
  return Buffer.concat([bytes('Exif\0\0'), tiff]);
};

interface JpegOptions {
  orientation?: number;
  order?: 'II' | 'MM';
  /** Bytes of a colour profile that come before the image. */
  profile?: number;
}

/** The segments of a JPEG up to its frame, which is all that is read of one. */
export const jpegOf = (width: number, height: number, options: JpegOptions = {}): Buffer => {
  const { orientation, order = 'MM', profile = 0 } = options;
  const frame = Buffer.from([8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  const profiles: Buffer[] = [];
  for (let left = profile; left > 0; left -= 60_000)
    profiles.push(segment(0xe2, Buffer.alloc(Math.min(left, 60_000))));
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, bytes('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')),
    ...(orientation === undefined ? [] : [segment(0xe1, exifOf(orientation, order))]),
    ...profiles,
    segment(0xc4, Buffer.alloc(20)),
    segment(0xc2, frame),
    segment(0xda, Buffer.alloc(10)),
  ]);
};

/** Objects of a PDF by their numbers, each as it stands between `obj` and `endobj`. */
export type PdfObjects = Record<number, string | Buffer>;

const objectAt = (number: number, content: string | Buffer): Buffer =>
  Buffer.concat([
    bytes(`${number} 0 obj\n`),
    typeof content === 'string' ? bytes(content) : content,
    bytes('\nendobj\n'),
  ]);

/** A stream object. */
export const streamOf = (dictionary: string, content: Buffer): Buffer =>
  Buffer.concat([
    bytes(`<< ${dictionary} /Length ${content.length} >>\nstream\n`),
    content,
    bytes('\nendstream'),
  ]);

/** How many objects have numbers that follow each other from this one on. */
const runFrom = (objects: PdfObjects, start: number): number => {
  let end = start;
  while (Object.hasOwn(objects, end)) end += 1;
  return end - start;
};

/** A PDF with a table of cross-references, as PDF 1.4 has it; object 1 is the catalog. */
export const pdfOf = (objects: PdfObjects, trailer = ''): Buffer => {
  const parts = [bytes('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n')];
  let length = parts[0]?.length ?? 0;
  const entries: string[] = [];
  for (const [number, content] of Object.entries(objects)) {
    const part = objectAt(Number(number), content);
    const follows = Object.hasOwn(objects, Number(number) - 1);
    const head = follows ? '' : `${number} ${runFrom(objects, Number(number))}\n`;
    entries.push(`${head}${String(length).padStart(10, '0')} 00000 n \n`);
    parts.push(part);
    length += part.length;
  }
  const size = Math.max(...Object.keys(objects).map(Number)) + 1;
  parts.push(bytes(`xref\n0 1\n0000000000 65535 f \n${entries.join('')}`));
  parts.push(bytes(`trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
};

/** Objects packed into a stream of objects. */
export const packed = (objects: PdfObjects, dictionary = ''): Buffer => {
  const texts = Object.entries(objects).map(([number, content]) => ({ number, text: String(content) }));
  let offset = 0;
  const index = texts.map(({ number, text }) => {
    const entry = `${number} ${offset}`;
    offset += text.length + 1;
    return entry;
  });
  const head = `${index.join(' ')} `;
  const content = deflateSync(bytes(head + texts.map(({ text }) => text).join(' ')));
  const described = `/Type /ObjStm /N ${texts.length} /First ${head.length} /Filter /FlateDecode ${dictionary}`;
  return streamOf(described, content);
};

/** Rows with the filter of PNG that PDFs use for cross-references: each byte less the one above. */
const predicted = (rows: readonly Buffer[]): Buffer =>
  Buffer.concat(
    rows.map((row, index) =>
      Buffer.from([2, ...row.map((byte, column) => byte - (rows[index - 1]?.[column] ?? 0))]),
    ),
  );

/**
 * A PDF with a stream of cross-references, as PDF 1.5 has it: `plain` objects stand in the file, `inStream` ones in
 * the stream of objects with the number 90.
 */
export const pdfWithStreams = (
  plain: PdfObjects,
  inStream: PdfObjects,
  objectStream = packed(inStream),
): Buffer => {
  const written: PdfObjects = { ...plain, 90: objectStream };
  const parts = [bytes('%PDF-1.5\n')];
  const rows = Array.from({ length: 100 }, () => Buffer.alloc(6));
  let length = 9;
  for (const [number, content] of Object.entries(written)) {
    const row = rows[Number(number)];
    row?.writeUInt8(1, 0);
    row?.writeUInt32BE(length, 1);
    const part = objectAt(Number(number), content);
    parts.push(part);
    length += part.length;
  }
  Object.keys(inStream).forEach((number, index) => {
    const row = rows[Number(number)];
    row?.set([2, 0, 0, 0, 90, index]);
  });
  const described =
    '/Type /XRef /Size 100 /W [1 4 1] /Root 1 0 R /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 6 >>';
  parts.push(objectAt(99, streamOf(described, deflateSync(predicted(rows)))));
  parts.push(bytes(`startxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
};

/** A PDF of one page, with these entries in its dictionary. */
export const onePage = (entries: string): Buffer =>
  pdfOf({
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: `<< /Type /Page /Parent 2 0 R ${entries} >>`,
  });
