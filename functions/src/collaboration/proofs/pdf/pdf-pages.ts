import { setImmediate as otherWork } from 'node:timers/promises';
import type { ProofPageRun } from '../../../protocol/proofs.ts';
import { maximumProofPages, type ProofPage } from '../../../protocol/proofs.ts';
import { artworkProblem, damaged } from '../artwork-problem.ts';
import type { ByteSource } from '../byte-source.ts';
import { openPdf, type PdfFile } from './pdf-file.ts';
import { isDictionary, type PdfDictionary, PdfName, PdfReference, type PdfValue } from './pdf-value.ts';

type Box = [number, number, number, number];
type Rotation = ProofPage['rotation'];

/** What a page takes from the nodes above it (ISO 32000-1, table 30); the other boxes are the page's own. */
const inheritable = ['MediaBox', 'CropBox', 'Rotate'] as const;
const deepestTree = 100;
const mostNodes = 50_000;
/** Pages after which others get their turn. */
const pagesAtOnce = 50;
/** Runs of different pages; the record and its log entry have room for so many. */
const mostRuns = 400;
/** Points: a kilometre is more than anybody prints. */
const longestSide = 3_000_000;

interface Node {
  dictionary: PdfDictionary;
  depth: number;
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;

const readBox = async (file: PdfFile, value: PdfValue | undefined): Promise<Box | undefined> => {
  const list = await file.resolve(value);
  if (!Array.isArray(list) || list.length !== 4) return undefined;
  const numbers = await Promise.all(list.map((item) => file.resolve(item)));
  const [a, b, c, d] = numbers.map((item) => (typeof item === 'number' ? item : Number.NaN));
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  // Any two opposite corners may be given.
  const box: Box = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  return box.every(Number.isFinite) ? (box.map(round) as Box) : undefined;
};

const within = (box: Box, outer: Box): Box | undefined => {
  const [left, bottom, right, top] = [
    Math.max(box[0], outer[0]),
    Math.max(box[1], outer[1]),
    Math.min(box[2], outer[2]),
    Math.min(box[3], outer[3]),
  ];
  return left < right && bottom < top ? [left, bottom, right, top] : undefined;
};

const rotationOf = (value: PdfValue): Rotation => {
  const turns = typeof value === 'number' && Number.isInteger(value / 90) ? (((value / 90) % 4) + 4) % 4 : 0;
  return (turns * 90) as Rotation;
};

const readPage = async (file: PdfFile, page: PdfDictionary): Promise<ProofPage> => {
  const media = await readBox(file, page.get('MediaBox'));
  if (media === undefined) throw damaged('a PDF');
  const crop = within((await readBox(file, page.get('CropBox'))) ?? media, media) ?? media;
  const trim = await readBox(file, page.get('TrimBox'));
  const bleed = await readBox(file, page.get('BleedBox'));
  const rotation = rotationOf(await file.resolve(page.get('Rotate')));
  const unit = await file.resolve(page.get('UserUnit'));
  const scale = typeof unit === 'number' && unit > 0 ? unit : 1;
  const [across, up] = [round((crop[2] - crop[0]) * scale), round((crop[3] - crop[1]) * scale)];
  if (across <= 0 || up <= 0) throw damaged('a PDF');
  if (across > longestSide || up > longestSide) throw artworkProblem('A page of the PDF is too large.');
  const shown = rotation % 180 === 0 ? { width: across, height: up } : { width: up, height: across };
  return {
    ...shown,
    unit: 'pt',
    rotation,
    boxes: { media, crop, ...(trim && { trim }), ...(bleed && { bleed }) },
  };
};

const isLeaf = (dictionary: PdfDictionary): boolean => {
  const type = dictionary.get('Type');
  return type instanceof PdfName && type.name !== 'Pages' ? true : !dictionary.has('Kids');
};

/** The children of a node, with what they inherit. */
const childrenOf = async (
  file: PdfFile,
  { dictionary, depth }: Node,
  seen: Set<number>,
): Promise<PdfValue[]> => {
  const kids = await file.resolve(dictionary.get('Kids'));
  if (!Array.isArray(kids) || depth >= deepestTree) throw damaged('a PDF');
  for (const kid of kids) {
    // A node that is met again would make the tree endless, or pages out of nothing.
    if (!(kid instanceof PdfReference) || seen.has(kid.number)) throw damaged('a PDF');
    seen.add(kid.number);
    if (seen.size > mostNodes) throw artworkProblem('The PDF has too many pages.');
  }
  return kids;
};

const inherit = (child: PdfDictionary, parent: PdfDictionary): PdfDictionary => {
  const inherited = new Map(child);
  for (const name of inheritable) {
    const value = parent.get(name);
    if (!inherited.has(name) && value !== undefined) inherited.set(name, value);
  }
  return inherited;
};

/** The pages in their order, by a walk that needs no stack of calls. */
async function* pagesOf(file: PdfFile): AsyncGenerator<PdfDictionary> {
  const root = await file.resolve(file.catalog.get('Pages'));
  if (!isDictionary(root)) throw damaged('a PDF');
  const seen = new Set<number>();
  const open: { kid: PdfValue; parent: Node }[] = [
    { kid: root, parent: { dictionary: new Map(), depth: 0 } },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { kid, parent } = next;
    const own = await file.resolve(kid);
    if (!isDictionary(own)) throw damaged('a PDF');
    const node = { dictionary: inherit(own, parent.dictionary), depth: parent.depth + 1 };
    if (isLeaf(own)) {
      yield node.dictionary;
      continue;
    }
    const kids = await childrenOf(file, node, seen);
    for (const child of kids.reverse()) open.push({ kid: child, parent: node });
  }
}

const isSame = ({ count: _, ...run }: ProofPageRun, page: ProofPage): boolean =>
  JSON.stringify(run) === JSON.stringify(page);

/** The pages of a PDF with their boxes, equal neighbours once. AppError `validation_failed` for a hostile one too. */
export const readPdfPages = async (source: ByteSource): Promise<ProofPageRun[]> => {
  const file = await openPdf(source);
  const runs: ProofPageRun[] = [];
  let count = 0;
  for await (const dictionary of pagesOf(file)) {
    count += 1;
    if (count % pagesAtOnce === 0) await otherWork();
    if (count > maximumProofPages) throw artworkProblem(`A PDF may have ${maximumProofPages} pages.`);
    const page = await readPage(file, dictionary);
    const last = runs.at(-1);
    if (last !== undefined && isSame(last, page)) last.count += 1;
    else runs.push({ ...page, count: 1 });
    if (runs.length > mostRuns) throw artworkProblem('The pages of the PDF have too many different sizes.');
  }
  if (count === 0) throw damaged('a PDF');
  return runs;
};
