import type { Fact } from '../../protocol/facts.ts';
import { evidenceOf } from './evidence.ts';
import { occurs } from './occurs.ts';

/** What examples are written with, whatever they are about. */
const frame = new Set([
  'import',
  'from',
  'await',
  'new',
  'curl',
  'X',
  'BASE_URL',
  'declare',
  'constructor',
  'unknown',
]);

/** Names in an example that its facts do not hold. */
export const unsupportedCode = (code: string, facts: readonly Fact[]): string[] => {
  const { before, after, neutral } = evidenceOf(facts);
  const texts = [...before, ...after, ...neutral];
  const names = code.match(/[\p{L}\p{N}_$][\p{L}\p{N}_]*/gu) ?? [];
  return names
    .map((name) => name.replace(/^\$/, ''))
    .filter((name) => !frame.has(name) && !occurs(name, texts));
};
