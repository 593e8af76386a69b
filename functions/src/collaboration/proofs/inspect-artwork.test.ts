import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDiskFiles } from '../../engines/disk/disk-files.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import { jpegOf, onePage, pngOf } from '../../testing/sample-artwork.ts';
import { inspectArtwork } from './inspect-artwork.ts';

const inspect = async (content: Buffer | string, name = 'artwork') => {
  const files = await openDiskFiles({ folder: await makeFolder() });
  const { size } = await files.put('one', Readable.from([Buffer.from(content)]), 50_000_000);
  return inspectArtwork(files, { id: 'one', size, name });
};

const px = (width: number, height: number, rotation = 0) => [
  { width, height, unit: 'px', rotation, count: 1 },
];

describe('the type of artwork', () => {
  it.each([
    ['png', pngOf(10, 20)],
    ['jpeg', jpegOf(10, 20)],
    ['pdf', onePage('/MediaBox [0 0 100 100]')],
    ['pdf', Buffer.concat([Buffer.from('junk before\n'), onePage('/MediaBox [0 0 100 100]')])],
    ['tiff', Buffer.from('II*\0rest')],
    ['tiff', Buffer.from('MM\0*rest')],
    ['tiff', Buffer.from('II+\0rest')],
    ['psd', Buffer.from('8BPS\0\x01')],
    ['eps', Buffer.from('%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1')],
    ['eps', Buffer.from([0xc5, 0xd0, 0xd3, 0xc6, 30, 0, 0, 0])],
    ['ai', Buffer.from('%!PS-Adobe-3.0 \n%%Creator: Adobe Illustrator(R) 8.0')],
    ['svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['svg', Buffer.from('\uFEFF<?xml version="1.0"?>\n<!-- a > b -->\n<!DOCTYPE svg>\n<svg:svg>')],
  ])('[PR1] %s is told by its content', async (format, content) => {
    expect((await inspect(content, 'wrong.gif')).format).toBe(format);
  });

  it.each([
    ['nothing known', 'a text'],
    ['a page of the web', '<!DOCTYPE html><html><svg></svg></html>'],
    ['another svg-like name', '<svgx/>'],
    ['a GIF', 'GIF89a'],
    ['a ZIP', 'PK\x03\x04'],
    ['a program', '\x7fELF'],
    ['plain PostScript', '%!PS-Adobe-3.0\nshowpage'],
    ['a comment without end', '<!-- '.repeat(1_000)],
  ])('[PR1] %s is not taken, whatever its name says', async (_what, content) => {
    await expect(inspect(content, 'artwork.png')).rejects.toMatchObject({ code: 'unsupported_media_type' });
  });

  it('[PR1] an Illustrator document is for download, though it is a PDF as well', async () => {
    const content = onePage('/MediaBox [0 0 100 100]');
    expect(await inspect(content, 'Logo.AI')).toEqual({ format: 'ai', pages: [] });
  });
});

describe('the size of images', () => {
  it('[PR1] a PNG has the size its header says', async () => {
    expect((await inspect(pngOf(1_772, 2_480))).pages).toEqual(px(1_772, 2_480));
  });

  it('[PR1] a JPEG has the size of its frame, behind large profiles', async () => {
    expect((await inspect(jpegOf(300, 200, { profile: 2_000_000 }))).pages).toEqual(px(300, 200));
  });

  it.each([
    [1, 300, 200, 0],
    [2, 300, 200, 0],
    [3, 300, 200, 180],
    [4, 300, 200, 180],
    [5, 200, 300, 90],
    [6, 200, 300, 90],
    [7, 200, 300, 270],
    [8, 200, 300, 270],
    [0, 300, 200, 0],
    [9, 300, 200, 0],
  ])(
    '[PR1] EXIF orientation %i is shown as %i × %i, turned by %i',
    async (orientation, width, height, turned) => {
      for (const order of ['II', 'MM'] as const) {
        expect((await inspect(jpegOf(300, 200, { orientation, order }))).pages).toEqual(
          px(width, height, turned),
        );
      }
    },
  );

  it.each([
    ['a PNG without sides', pngOf(0, 10)],
    ['an endless PNG', pngOf(4_294_967_295, 4_294_967_295)],
    ['a PNG of too many pixels', pngOf(60_000, 60_000)],
    ['a PNG that is cut', pngOf(10, 10).subarray(0, 20)],
    ['a JPEG without a frame', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xda]), Buffer.alloc(100)])],
    ['a JPEG that is cut', jpegOf(10, 10).subarray(0, 40)],
    ['a JPEG of nothing but markers', Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(20_000, 0xff)])],
    [
      'a JPEG of empty segments',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]), Buffer.alloc(99)]),
    ],
  ])('[PR1] %s is refused', async (_what, content) => {
    await expect(inspect(content)).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('[PR1] whatever happens to the bytes of an image, it has a size or is refused', async () => {
    const files = await openDiskFiles({ folder: await makeFolder() });
    const whole = fc.constantFrom(pngOf(30, 20), jpegOf(30, 20, { orientation: 6, order: 'II' }));
    const spoilt = fc
      .tuple(whole, fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 6 }), fc.nat(140))
      .map(([bytes, changes, length]) => {
        const copy = Buffer.from(bytes);
        for (const [at, value] of changes) if (at > 3 && at < copy.length) copy[at] = value;
        return copy.subarray(0, Math.max(9, length));
      });
    let count = 0;
    const judge = async (bytes: Buffer): Promise<void> => {
      const id = `file-${++count}`;
      const { size } = await files.put(id, Readable.from([bytes]), 1_000);
      const looked = await inspectArtwork(files, { id, size, name: 'x' }).catch((error: unknown) => error);
      if (looked instanceof Error) {
        expect(looked).toMatchObject({
          code: expect.stringMatching(/^(validation_failed|unsupported_media_type)$/),
        });
      } else expect(looked).toMatchObject({ pages: [{ unit: 'px' }] });
      await files.delete(id);
    };
    await fc.assert(fc.asyncProperty(spoilt, judge), { seed: 20_261_127, numRuns: 150 });
  });
});
