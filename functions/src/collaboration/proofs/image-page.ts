import type { ProofPageRun } from '../../protocol/proofs.ts';
import { artworkProblem, damaged } from './artwork-problem.ts';
import type { ByteSource } from './byte-source.ts';
import { exifOrientation } from './exif-orientation.ts';

/** Larger ones cannot be shown: three metres by two at 300 dpi have 840 million pixels. */
const mostPixels = 1_000_000_000;
const longestSide = 65_535;
/** Segments before the image of a JPEG; profiles and previews of real ones are cut into a few hundred. */
const mostSegments = 10_000;

interface ImageSize {
  width: number;
  height: number;
  /** As EXIF numbers it; 1 is upright. */
  orientation: number;
}

/** By how much each orientation of EXIF turns the image; 2, 4, 5 and 7 mirror it as well. */
const rotations = [0, 0, 180, 180, 90, 90, 270, 270] as const;

const pageOf = ({ width, height, orientation }: ImageSize): ProofPageRun[] => {
  if (width === 0 || height === 0) throw damaged('an image');
  if (width > longestSide || height > longestSide || width * height > mostPixels) {
    throw artworkProblem(
      `The image has ${width} × ${height} pixels; a side may have ${longestSide}, the whole ${mostPixels}.`,
    );
  }
  const rotation = rotations[orientation - 1] ?? 0;
  const lying = orientation >= 5 && orientation <= 8;
  const shown = lying ? { width: height, height: width } : { width, height };
  return [{ ...shown, unit: 'px', rotation, count: 1 }];
};

/** Signature, length and name of the first chunk, then width and height (PNG specification, section 11.2.1). */
export const readPngPage = async (source: ByteSource): Promise<ProofPageRun[]> => {
  const head = await source.read(0, 33);
  if (head.length < 33 || head.toString('latin1', 12, 16) !== 'IHDR') throw damaged('a PNG');
  return pageOf({ width: head.readUInt32BE(16), height: head.readUInt32BE(20), orientation: 1 });
};

const startOfScan = 0xda;
const endOfImage = 0xd9;
const exifSegment = 0xe1;
/** Frame headers SOF0 to SOF15 without DHT, JPG and DAC, which lie between them (ITU-T T.81, table B.1). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Markers that stand alone, without a length. */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** Walks over the segments by their lengths, reading of each only its head, up to the frame. */
export const readJpegPage = async (source: ByteSource): Promise<ProofPageRun[]> => {
  let orientation = 1;
  let at = 2;
  for (let segments = 0; segments < mostSegments; segments += 1) {
    const head = await source.read(at, 9);
    const [first, marker = 0] = head;
    if (head.length < 9 || first !== 0xff || marker === startOfScan || marker === endOfImage) break;
    if (isFrame(marker)) {
      return pageOf({ width: head.readUInt16BE(7), height: head.readUInt16BE(5), orientation });
    }
    const length = standsAlone(marker) ? 0 : head.readUInt16BE(2);
    if (marker === exifSegment)
      orientation = exifOrientation(await source.read(at + 4, length)) ?? orientation;
    // Any number of 0xff may stand before a marker.
    at += marker === 0xff ? 1 : 2 + length;
  }
  throw damaged('a JPEG');
};
