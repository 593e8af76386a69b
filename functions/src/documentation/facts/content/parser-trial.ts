import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { parserOptions, type SourceLanguage } from './source/syntax.ts';

// The parser is native code that recurses as deeply as a text is nested. At the end of the stack it takes the process
// along, and nothing in it can catch that.

/**
 * How many of a byte fit on a stack of 8 MiB, at least, when each of them makes the parser go one level deeper. The
 * parser was given every construct of the language, nested until it failed: decorators, namespaces and lists first.
 */
const opening = 3_800;
const operator = 9_800;
const other = 75_000;

const shares = new Float64Array(256).fill(1 / other);
for (const byte of Buffer.from('=?:!~+-*')) shares[byte] = 1 / operator;
for (const byte of Buffer.from('([{<@`')) shares[byte] = 1 / opening;

/** Whether parsing might take more than half of the stack, were a text nested as deeply as its bytes allow. */
export const mayOverflow = (bytes: Buffer): boolean => {
  if (bytes.length < opening / 2) return false;
  let share = 0;
  for (let place = 0; place < bytes.length; place += 1) share += shares[bytes[place] ?? 0] ?? 0;
  return share > 0.5;
};

/** Parses what it is sent, from further down the stack than anybody else. */
const script = `
import { parseSync } from ${JSON.stringify(import.meta.resolve('oxc-parser'))};
const parse = (levels, { text, options }) =>
  levels > 0 ? parse(levels - 1, { text, options }) : parseSync('module', text, options);
process.on('message', (file) => process.send(parse(1_000, file).errors.length));
`;

const startChild = (): ChildProcess =>
  spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });

/** Tries in a process of its own whether a text can be parsed without harm. */
export interface ParserTrial {
  survives(bytes: Buffer, language: SourceLanguage): Promise<boolean>;
  /** Ends the process, if there is one. */
  close(): void;
}

/** The process is started when it is needed, and again after a text that it did not survive. */
export const createParserTrial = (): ParserTrial => {
  let child: ChildProcess | undefined;
  return {
    survives: async (bytes, language) => {
      child ??= startChild();
      const parser = child;
      const settled = new AbortController();
      const { signal } = settled;
      try {
        const end = Promise.race([
          once(parser, 'message', { signal }).then(() => true),
          once(parser, 'exit', { signal }).then(() => false),
        ]);
        parser.send({ text: bytes.toString('utf8'), options: parserOptions(language) });
        const survived = await end;
        if (!survived) child = undefined;
        return survived;
      } finally {
        settled.abort();
      }
    },
    close: () => child?.kill(),
  };
};
