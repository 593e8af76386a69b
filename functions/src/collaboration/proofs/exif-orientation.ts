const orientationTag = 0x0112;
const shortType = 3;
const entrySize = 12;
const tiffStart = 6;

/** Numbers of the block in the order of bytes that it names. */
const readerOf = (tiff: Buffer) => {
  const little = tiff.toString('latin1', 0, 2) === 'II';
  return {
    short: (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)),
    long: (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)),
  };
};

/** The orientation in the first directory of an EXIF block (CIPA DC-008), 1 to 8; undefined when it names none. */
export const exifOrientation = (segment: Buffer): number | undefined => {
  if (segment.toString('latin1', 0, tiffStart) !== 'Exif\0\0') return undefined;
  const tiff = segment.subarray(tiffStart);
  if (tiff.length < 8) return undefined;
  const { short, long } = readerOf(tiff);
  const directory = long(4);
  if (directory + 2 > tiff.length) return undefined;
  const count = short(directory);
  for (let index = 0; index < count; index += 1) {
    const entry = directory + 2 + index * entrySize;
    if (entry + entrySize > tiff.length) return undefined;
    if (short(entry) !== orientationTag) continue;
    const value = short(entry + 8);
    return short(entry + 2) === shortType && value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
};
