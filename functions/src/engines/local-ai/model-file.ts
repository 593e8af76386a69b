import { createHash } from 'node:crypto';
import { OUTPUT_NAMES } from './outputs.ts';

/** Raised when the feature code changes in a way that makes older model files meaningless. */
export const FEATURE_REVISION = 1;
const FORMAT_VERSION = 1;
const MAGIC = 'PDAI';
const CHECKSUM_BYTES = 32;
const PREAMBLE_BYTES = 12;

/** What turns outputs into an answer, besides the outputs' own meaning. */
export interface Interpreter {
  /** How much category (row) and urgency (column) favour each other, 1 by chance. */
  readonly affinity: readonly (readonly number[])[];
  /** From which probability a message counts as high or critical, and as visual. */
  readonly thresholds: { readonly pressing: number; readonly visual: number };
}

export interface ModelHeader extends Interpreter {
  readonly featureRevision: number;
  readonly features: number;
  readonly outputs: readonly { readonly name: string; readonly scale: number; readonly bias: number }[];
  /** Weight of each feature group. */
  readonly groupWeights: readonly number[];
}

/**
 * A trained model. `weights` holds one byte a feature and output, row by row; byte q stands for scale * q * |q|,
 * which keeps small weights exact enough beside a few large ones.
 */
export interface Model {
  readonly header: ModelHeader;
  readonly keys: Int32Array;
  readonly idf: Float32Array;
  readonly weights: Int8Array;
}

export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}

function bytesOf(array: Int32Array | Float32Array | Int8Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

function checksum(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Layout: magic, format version, header length, header as JSON padded to 4 bytes, keys, idf, weights, SHA-256 of it all. */
export function encodeModel(model: Model): Buffer {
  const json = JSON.stringify(model.header);
  const header = Buffer.from(json.padEnd(Math.ceil(json.length / 4) * 4));
  const preamble = Buffer.alloc(PREAMBLE_BYTES);
  preamble.write(MAGIC, 'latin1');
  preamble.writeUInt32LE(FORMAT_VERSION, 4);
  preamble.writeUInt32LE(header.length, 8);
  const body = Buffer.concat([
    preamble,
    header,
    bytesOf(model.keys),
    bytesOf(model.idf),
    bytesOf(model.weights),
  ]);
  return Buffer.concat([body, checksum(body)]);
}

function checkPreamble(file: Buffer): void {
  if (file.length < PREAMBLE_BYTES + CHECKSUM_BYTES || file.toString('latin1', 0, 4) !== MAGIC) {
    throw new ModelFileError('The model file is not a Proofdesk model; run "npm run train" to make it.');
  }
  const version = file.readUInt32LE(4);
  if (version !== FORMAT_VERSION) {
    throw new ModelFileError(
      `The model file has format ${version}, this code reads format ${FORMAT_VERSION}; run "npm run train".`,
    );
  }
  const body = file.subarray(0, file.length - CHECKSUM_BYTES);
  if (!checksum(body).equals(file.subarray(file.length - CHECKSUM_BYTES))) {
    throw new ModelFileError(
      'The model file is damaged (its checksum does not fit); restore it or run "npm run train".',
    );
  }
}

function readHeader(file: Buffer): ModelHeader {
  const end = PREAMBLE_BYTES + file.readUInt32LE(8);
  const header = JSON.parse(file.toString('utf8', PREAMBLE_BYTES, end)) as ModelHeader;
  if (header.featureRevision !== FEATURE_REVISION) {
    throw new ModelFileError(
      `The model file was trained on feature revision ${header.featureRevision}, this code makes revision ${FEATURE_REVISION}; run "npm run train".`,
    );
  }
  if (header.outputs.map(({ name }) => name).join() !== OUTPUT_NAMES.join()) {
    throw new ModelFileError(
      'The model file answers other questions than this code asks; run "npm run train".',
    );
  }
  return header;
}

/** @throws ModelFileError when the file is cut, damaged or of another version. */
export function decodeModel(file: Buffer): Model {
  checkPreamble(file);
  const header = readHeader(file);
  const start = PREAMBLE_BYTES + file.readUInt32LE(8);
  const bytes = file.buffer.slice(file.byteOffset + start, file.byteOffset + file.length - CHECKSUM_BYTES);
  const { features, outputs } = header;
  if (bytes.byteLength !== features * (8 + outputs.length)) {
    throw new ModelFileError('The model file has another size than its header says; run "npm run train".');
  }
  return {
    header,
    keys: new Int32Array(bytes, 0, features),
    idf: new Float32Array(bytes, features * 4, features),
    weights: new Int8Array(bytes, features * 8, features * outputs.length),
  };
}
