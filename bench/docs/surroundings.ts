import type { ShopCommit } from '../../functions/train/facts/shop-history.ts';
import type { Shop } from '../../functions/train/facts/shop-model.ts';

const packagesEach = 25;
const testLines = 40;
const pictures = 1_200;

/** Grows a hash of a text, so that what hangs on it changes with it. */
const numberOf = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 99_991, 7);

/** A lock file names many packages for each dependency. */
const lockFile = ({ dependencies }: Shop): string =>
  `{\n${dependencies
    .flatMap(({ name, range }) =>
      Array.from({ length: packagesEach }, (_, index) => {
        const number = numberOf(`${name}${range}${index}`);
        return `  "node_modules/${name}-${index}": {\n    "version": "1.${number}.0",\n    "integrity": "sha512-${number}${number}${number}",\n    "license": "MIT",\n    "engines": { "node": ">=18" }\n  },`;
      }),
    )
    .join('\n')}\n}\n`;

const referenceText = ({ functions }: Shop): string =>
  functions
    .map(({ name, parameters, returns }) => {
      const list = parameters.map((parameter) => `- \`${parameter.name}\` (${parameter.type})`).join('\n');
      return `## ${name}\n\nCalled when it is time.\n\n${list}\n\nGives ${returns}.\n`;
    })
    .join('\n');

const testText = (name: string, body: number): string =>
  Array.from(
    { length: testLines },
    (_, line) =>
      `test('${name} ${line}', () => expect(${line}).toBe(${line === body % testLines ? body : line}));`,
  ).join('\n');

const localeText = ({ components }: Shop): string =>
  JSON.stringify(
    Object.fromEntries(
      components.flatMap(({ name, texts }) => texts.map(({ text }) => [`${name}.${text}`, text])),
    ),
    undefined,
    2,
  );

/** Pictures in many folders: they never change, and make trees as wide as those of real products. */
export const pictureFiles = (): Map<string, string> =>
  new Map(
    Array.from({ length: pictures }, (_, index): [string, string] => [
      `assets/${index % 12}/${index % 60}/picture-${index}.svg`,
      `<svg id="${index}"/>`,
    ]),
  );

/** What lies around the sources of a real product and changes with them. */
export const surroundingFiles = (
  shop: Shop,
  past: readonly Pick<ShopCommit, 'verb' | 'thing'>[],
): Map<string, string> =>
  new Map([
    ['package-lock.json', lockFile(shop)],
    ['docs/reference.md', referenceText(shop)],
    ['locales/en.json', localeText(shop)],
    [
      'CHANGELOG.md',
      `# Changelog\n\n${past
        .filter(({ verb }) => verb === 'add')
        .map(({ thing }, index) => `- Something new in ${thing}, number ${index}`)
        .reverse()
        .join('\n')}\n`,
    ],
    ...shop.functions.map(({ name, body }): [string, string] => [
      `test/tools/${name}.test.ts`,
      testText(name, body),
    ]),
  ]);
