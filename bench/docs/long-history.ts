import type { WrittenCommit } from '../../functions/train/facts/fast-import.ts';
import type { ShopCommit } from '../../functions/train/facts/shop-history.ts';
import { mixedMessage } from './mixed-messages.ts';

export const longHistoryCommits = 20_000;

const features = 60;
const parts = 5;
const filesEach = 20;
const verbs: ShopCommit['verb'][] = ['add', 'change', 'change', 'tidy', 'change', 'remove', 'add'];

const filePath = (feature: number, part: number, file: number): string =>
  `packages/shop/src/feature-${feature}/part-${part}/file-${file}.ts`;

const content = (place: number): string => `export const step = ${place};\n`;

const beginning = (): Map<string, string> => {
  const files = new Map<string, string>();
  for (let feature = 0; feature < features; feature += 1)
    for (let part = 0; part < parts; part += 1)
      for (let file = 0; file < filesEach; file += 1) files.set(filePath(feature, part, file), content(0));
  return files;
};

/** Two neighbouring source files, their test, the changelog, and now and then the package itself. */
const touchedFiles = (place: number): Map<string, string> => {
  const [feature, part, file] = [(place * 7) % features, (place * 3) % parts, (place * 11) % filesEach];
  const list = [
    filePath(feature, part, file),
    filePath(feature, (part + 1) % parts, file),
    `packages/shop/test/feature-${feature}/part-${part}.test.ts`,
    'CHANGELOG.md',
    ...(place % 5 === 0 ? ['package.json'] : []),
  ];
  return new Map(list.map((path) => [path, content(place)]));
};

/** Many commits with little in each file: for reading messages and paths, contents do not matter. */
export const longHistory = (): WrittenCommit[] => [
  { message: 'chore: begin', files: beginning() },
  ...Array.from({ length: longHistoryCommits - 1 }, (_, index): WrittenCommit => {
    const place = index + 1;
    const verb = verbs[place % verbs.length] ?? 'change';
    const thing = `part-${place % parts} of feature-${(place * 7) % features}`;
    return { message: mixedMessage({ verb, thing }, place), files: touchedFiles(place) };
  }),
];
