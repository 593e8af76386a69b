/** A piece of an article that can stand by itself. */
export interface Passage {
  /** Plain text: the article's own words without markup. */
  text: string;
  kind: 'lead' | 'step' | 'note';
}

const sentenceEnd = /(?<=[.!?])\s+(?=[\p{Lu}"“«¿¡(])/u;
const listItem = /^\s*(?:\d+[.)]|[-*+])\s+(.*)$/;
const heading = /^#{1,6}\s+(.*)$/;
const stepsHeading = /step|how to|schritt|paso|etape/i;

/** Takes the markup away and leaves the words: emphasis, code, links and entities of Markdown. */
export const plainText = (markdown: string): string =>
  markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*{1,3}|`+)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}])(_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/\s+/g, ' ')
    .trim();

const withFullStop = (text: string): string => (/[.!?:…]$/.test(text) ? text : `${text}.`);

interface Block {
  text: string;
  listed: boolean;
  section: string;
}

/** Joins wrapped lines to blocks; a list item is a block of its own. */
const blocksOf = (body: string): Block[] => {
  const blocks: Block[] = [];
  let section = '';
  let open = false;
  for (const line of body.split(/\r?\n/)) {
    const head = heading.exec(line);
    const item = listItem.exec(line);
    const last = blocks.at(-1);
    if (head !== null) section = head[1] ?? '';
    else if (item !== null) blocks.push({ text: item[1] ?? '', listed: true, section });
    else if (open && last !== undefined && line.trim() !== '') last.text += ` ${line.trim()}`;
    else if (line.trim() !== '') blocks.push({ text: line.trim(), listed: false, section });
    open = head === null && line.trim() !== '';
  }
  return blocks;
};

const kindOf = ({ listed, section }: Block): Passage['kind'] => {
  if (section === '') return 'lead';
  return listed && stepsHeading.test(section) ? 'step' : 'note';
};

/** The passages of an article in its order: each list item is one, each sentence of running text is one. */
export const passagesOf = (body: string): Passage[] =>
  blocksOf(body).flatMap((block) => {
    const text = plainText(block.text);
    const texts = block.listed ? [withFullStop(text)] : text.split(sentenceEnd);
    return texts.filter((each) => each !== '').map((each) => ({ text: each, kind: kindOf(block) }));
  });

const headingsBefore = /^(?:\s*#{1,6}\s.*\r?\n)+/;
const blankLine = /\r?\n\s*\r?\n/;

/** The first sentence of an article; a list of articles asks for many, so only the first paragraph is read. */
export const excerptOf = (body: string): string => {
  const [paragraph = ''] = body.replace(headingsBefore, '').trimStart().split(blankLine, 1);
  return passagesOf(paragraph)[0]?.text ?? '';
};
