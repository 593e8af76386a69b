import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  onePage,
  type PdfObjects,
  pdfOf,
  pdfWithStreams,
  streamOf,
} from '../../../testing/sample-artwork.ts';
import type { ByteSource } from '../byte-source.ts';
import { readPdfPages } from './pdf-pages.ts';

const sourceOf = (bytes: Buffer): ByteSource => ({
  size: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
});
const pagesOf = (bytes: Buffer) => readPdfPages(sourceOf(bytes));
const refused = { code: 'validation_failed' };

const a4 = [0, 0, 595.276, 841.89];
const tree: PdfObjects = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 3 /MediaBox [0 0 595.276 841.89] /Rotate 90 >>',
  3: '<< /Type /Page /Parent 2 0 R /CropBox [10 10 585.276 831.89] >>',
  4: '<< /Type /Pages /Parent 2 0 R /Kids [5 0 R 6 0 R] /Count 2 /CropBox [20 20 500 700] >>',
  5: '<< /Type /Page /Parent 4 0 R /Rotate 0 >>',
  6: '<< /Type /Page /Parent 4 0 R /MediaBox [0 0 300 400] /CropBox 7 0 R >>',
  7: '[0 0 300 8 0 R]',
  8: '400',
};

const treePages = [
  {
    count: 1,
    width: 821.89,
    height: 575.276,
    unit: 'pt',
    rotation: 90,
    boxes: { media: a4, crop: [10, 10, 585.276, 831.89] },
  },
  {
    count: 1,
    width: 480,
    height: 680,
    unit: 'pt',
    rotation: 0,
    boxes: { media: a4, crop: [20, 20, 500, 700] },
  },
  {
    count: 1,
    width: 400,
    height: 300,
    unit: 'pt',
    rotation: 90,
    boxes: { media: [0, 0, 300, 400], crop: [0, 0, 300, 400] },
  },
];

describe('pages of a PDF', () => {
  it('[PR1] have the boxes, turned and inherited, of a file with a table', async () => {
    expect(await pagesOf(pdfOf(tree))).toEqual(treePages);
  });

  it('[PR1] have the same in a file with streams of objects and of cross-references', async () => {
    const { 1: catalog = '', ...others } = tree;
    expect(await pagesOf(pdfWithStreams({ 1: catalog }, others))).toEqual(treePages);
    expect(await pagesOf(pdfWithStreams({}, tree))).toEqual(treePages);
  });

  it('[PR1] name trim and bleed where the file does', async () => {
    const page = '/MediaBox [0 0 200 100] /TrimBox [10 10 190 90] /BleedBox [1.5 1.5 198.5 98.5]';
    const [first] = await pagesOf(onePage(page));
    expect(first?.boxes).toEqual({
      media: [0, 0, 200, 100],
      crop: [0, 0, 200, 100],
      trim: [10, 10, 190, 90],
      bleed: [1.5, 1.5, 198.5, 98.5],
    });
  });

  it.each([
    ['corners the other way round', '/MediaBox [200 100 0 0]', 200, 100, 0],
    ['a crop that hangs over', '/MediaBox [0 0 200 100] /CropBox [-50 -50 100 500]', 100, 100, 0],
    ['a crop outside', '/MediaBox [0 0 200 100] /CropBox [900 900 950 950]', 200, 100, 0],
    ['a larger unit', '/MediaBox [0 0 200 100] /UserUnit 10', 2_000, 1_000, 0],
    ['turned to the left', '/MediaBox [0 0 200 100] /Rotate -90', 100, 200, 270],
    ['turned round', '/MediaBox [0 0 200 100] /Rotate 540', 200, 100, 180],
    ['turned by what cannot be', '/MediaBox [0 0 200 100] /Rotate 45', 200, 100, 0],
    [
      'texts in between',
      '/A (a \\) (b) c) /B <00ff> /C [/d#20e true null -.5] /MediaBox [0 0 200 100]',
      200,
      100,
      0,
    ],
    ['comments in between', '% said %\n/MediaBox [0 0 200 100] %\n', 200, 100, 0],
  ])('[PR1] are as they are shown: %s', async (_what, entries, width, height, rotation) => {
    expect(await pagesOf(onePage(entries))).toMatchObject([{ width, height, rotation, count: 1 }]);
  });

  it('[PR1] that are alike are counted, in order', async () => {
    const objects: PdfObjects = { 1: '<< /Type /Catalog /Pages 2 0 R >>' };
    const kids = Array.from({ length: 3_000 }, (_, index) => index + 10);
    objects[2] = `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /MediaBox [0 0 9 9] >>`;
    for (const kid of kids) objects[kid] = '<< /Type /Page >>';
    objects[2_000] = '<< /Type /Page /Rotate 180 >>';
    const runs = await pagesOf(pdfOf(objects));
    expect(runs.map(({ count, rotation }) => [count, rotation])).toEqual([
      [1_990, 0],
      [1, 180],
      [1_009, 0],
    ]);
  });

  it('[PR1] are those of the last update of a file', async () => {
    const before = onePage('/MediaBox [0 0 200 100]');
    const start = before.lastIndexOf('xref\n0 1');
    const object = Buffer.from('3 0 obj\n<< /Type /Page /MediaBox [0 0 50 60] >>\nendobj\n');
    const table = `xref\n3 1\n${String(before.length).padStart(10, '0')} 00000 n \ntrailer\n<< /Size 4 /Root 1 0 R /Prev ${start} >>\n`;
    const end = `startxref\n${before.length + object.length}\n%%EOF\n`;
    const after = Buffer.concat([before, object, Buffer.from(table + end)]);
    expect(await pagesOf(after)).toMatchObject([{ width: 50, height: 60 }]);
  });

  it('[PR1] are found behind something that stands before the header', async () => {
    const shifted = Buffer.concat([Buffer.from('a mail header\r\n\r\n'), onePage('/MediaBox [0 0 200 100]')]);
    expect(await pagesOf(shifted)).toMatchObject([{ width: 200, height: 100 }]);
  });
});

/** A file whose stream of objects holds its page and then blanks, a thousand times what it takes. */
const bomb = (): Buffer => {
  const { 3: page = '', ...others } = { ...tree, 2: '<< /Type /Pages /Kids [3 0 R] >>' };
  const content = deflateSync(Buffer.concat([Buffer.from(`3 0 ${page}`), Buffer.alloc(40_000_000, 32)]));
  const stream = streamOf('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', content);
  return pdfWithStreams(others, { 3: page }, stream);
};

describe('hostile PDFs', () => {
  it.each([
    ['nothing but a header', Buffer.from('%PDF-1.7\n')],
    ['a cut file', pdfOf(tree).subarray(0, 300)],
    ['no pages', pdfOf({ 1: '<< /Type /Catalog >>' })],
    ['an empty tree', pdfOf({ 1: '<< /Pages 2 0 R >>', 2: '<< /Type /Pages /Kids [] >>' })],
    ['a tree that is its own branch', pdfOf({ 1: '<< /Pages 2 0 R >>', 2: '<< /Kids [2 0 R 2 0 R] >>' })],
    [
      'a ring of branches',
      pdfOf({ 1: '<< /Pages 2 0 R >>', 2: '<< /Kids [3 0 R] >>', 3: '<< /Kids [2 0 R] >>' }),
    ],
    ['a page without a box', onePage('')],
    ['a page without area', onePage('/MediaBox [0 0 0 100]')],
    ['an absurd page', onePage('/MediaBox [0 0 99999999 99999999]')],
    ['an absurd unit', onePage(`/MediaBox [0 0 100 100] /UserUnit ${'9'.repeat(400)}`)],
    ['lists without end', onePage(`/A ${'['.repeat(100_000)}`)],
    ['a text without end', onePage(`/A (${'('.repeat(100_000)}`)],
    ['a name without end', onePage(`/A /${'a'.repeat(3_000_000)}`)],
    ['a reference to itself', pdfOf({ 1: '1 0 R' })],
    ['a wrong offset', Buffer.from(pdfOf(tree).toString('latin1').replace('3 0 obj', '9 0 obj'), 'latin1')],
    ['an older part that is itself', pdfOf(tree, '/Prev 0')],
    ['an offset behind the end', Buffer.from('%PDF-1.4\nstartxref\n999999999999999\n%%EOF')],
    [
      'a table of a billion entries',
      Buffer.from('%PDF-1.4\nxref\n0 9999999999\ntrailer <<>>\nstartxref\n9\n%%EOF'),
    ],
    ['a locked file', pdfOf(tree, '/Encrypt 9 0 R')],
  ])('[PR1] %s is refused', async (_what, bytes) => {
    await expect(pagesOf(bytes)).rejects.toMatchObject(refused);
  });

  it('[PR1] a stream that unpacks to a thousand times its size is refused before it is unpacked', async () => {
    const hostile = bomb();
    expect(hostile.length).toBeLessThan(100_000);
    await expect(pagesOf(hostile)).rejects.toMatchObject({
      ...refused,
      detail: expect.stringContaining('unpacks to more'),
    });
  });

  it('[PR1] a file that is cut or changed anywhere has pages or is refused', async () => {
    const { 1: catalog = '', ...others } = tree;
    const files = [pdfOf(tree), pdfWithStreams({ 1: catalog }, others)];
    const spoilt = fc
      .tuple(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(3_000), fc.nat(255)), { maxLength: 4 }),
        fc.nat(3_000),
        fc.boolean(),
      )
      .map(([bytes, changes, length, cut]) => {
        const copy = Buffer.from(bytes);
        for (const [at, value] of changes) copy[at % copy.length] = value;
        return cut ? copy.subarray(0, length) : copy;
      });
    const judge = async (bytes: Buffer): Promise<void> => {
      const outcome = await pagesOf(bytes).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toMatchObject(refused);
      else expect(outcome).toSatisfy((pages: unknown[]) => pages.length > 0);
    };
    await fc.assert(fc.asyncProperty(spoilt, judge), { seed: 20_261_127, numRuns: 1_500 });
  });
});
