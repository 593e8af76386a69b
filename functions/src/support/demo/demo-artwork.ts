/** A label of the demo shop as a PDF: 100 by 70 millimetres with three millimetres of bleed around. */

const pointsPerMillimetre = 72 / 25.4;
const bleed = 3;
const trim = { width: 100, height: 70 };

/** What differs between the versions. */
export interface LabelVersion {
  /** Cyan, magenta, yellow and black of the ground, 0 to 1. */
  ground: readonly [number, number, number, number];
  /** From the left edge of the trimmed label to the text, in millimetres. */
  textFrom: number;
  note: string;
}

/** The first version is what the customer complains about, the second is how it should be. */
export const labelVersions: readonly LabelVersion[] = [
  { ground: [0.2, 0.9, 1, 0.45], textFrom: 1, note: 'Proof 1' },
  { ground: [0, 1, 0.85, 0.05], textFrom: 8, note: 'Proof 2: red without cyan, text 8 mm from the edge' },
];

const points = (millimetres: number): string => (millimetres * pointsPerMillimetre).toFixed(3);
const rectangle = (x: number, y: number, width: number, height: number): string =>
  `${[x, y, width, height].map(points).join(' ')} re f`;
const text = (x: number, y: number, size: number, words: string, font = 'F1'): string =>
  `BT /${font} ${size} Tf ${points(x)} ${points(y)} Td (${words}) Tj ET`;

/** A circle of four curves; 0.5523 is how far their handles reach for a radius of 1. */
const circle = (x: number, y: number, radius: number): string => {
  const reach = radius * 0.5523;
  const at = (dx: number, dy: number) => `${points(x + dx)} ${points(y + dy)}`;
  return [
    `${at(radius, 0)} m`,
    `${at(radius, reach)} ${at(reach, radius)} ${at(0, radius)} c`,
    `${at(-reach, radius)} ${at(-radius, reach)} ${at(-radius, 0)} c`,
    `${at(-radius, -reach)} ${at(-reach, -radius)} ${at(0, -radius)} c`,
    `${at(reach, -radius)} ${at(radius, -reach)} ${at(radius, 0)} c f`,
  ].join('\n');
};

const white = '0 0 0 0 k';
const black = '0 0 0 1 k';

const drawing = ({ ground, textFrom, note }: LabelVersion): string => {
  const left = bleed + textFrom;
  const ownColour = `${ground.join(' ')} k`;
  return [
    ownColour,
    rectangle(0, 0, trim.width + 2 * bleed, trim.height + 2 * bleed),
    white,
    circle(80, 44, 17),
    ownColour,
    circle(75, 46, 6),
    circle(85, 46, 6),
    circle(80, 38, 6),
    '0.7 0 1 0.1 k',
    rectangle(79.2, 52, 1.6, 6),
    white,
    text(left, 56, 30, 'Red Currant', 'F2'),
    text(left, 47, 15, 'Fruit spread, 250 g'),
    text(left, 28, 8, 'Ingredients: red currants, sugar, lemon juice.'),
    text(left, 24, 8, 'Keep cool after opening. Best before: see lid.'),
    rectangle(left, 6, 40, 13),
    black,
    ...Array.from({ length: 17 }, (_, index) =>
      rectangle(left + 3 + 2 * index, 9, index % 3 === 0 ? 1.2 : 0.6, 8),
    ),
    text(left + 8, 6.6, 6, 'Sample, not a real code'),
    white,
    text(left, 4, 5, note),
  ].join('\n');
};

const box = (inset: number): string => {
  const right = trim.width + 2 * bleed - inset;
  const top = trim.height + 2 * bleed - inset;
  return `[${[inset, inset, right, top].map(points).join(' ')}]`;
};

const objectsOf = (version: LabelVersion): string[] => {
  const content = drawing(version);
  const fonts = '/Font << /F1 5 0 R /F2 6 0 R >>';
  const boxes = `/MediaBox ${box(0)} /BleedBox ${box(0)} /TrimBox ${box(bleed)}`;
  const font = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} >>`;
  return [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R ${boxes} /Resources << ${fonts} >> /Contents 4 0 R >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    font('Helvetica'),
    font('Helvetica-Bold'),
  ];
};

/** The label as a PDF (ISO 32000-1): header, objects, their places, and where those stand. */
export const labelPdf = (version: LabelVersion): Buffer => {
  let pdf = '%PDF-1.4\n';
  const places: string[] = [];
  for (const [index, object] of objectsOf(version).entries()) {
    places.push(`${String(pdf.length).padStart(10, '0')} 00000 n \n`);
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const size = places.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`;
  return Buffer.from(pdf + table + trailer, 'latin1');
};
