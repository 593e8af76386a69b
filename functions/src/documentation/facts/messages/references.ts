import type { FactReference } from '../../../protocol/facts.ts';

const closing =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\b[:\s]+((?:(?:[\w.-]+\/[\w.-]+)?#\d+(?:\s*(?:,|and|&)\s*)?)+)/gi;
const issue = /(?<![\w&])((?:[\w.-]+\/[\w.-]+)?#\d+)\b/g;
const ticket = /(?<![\w-])([A-Z][A-Z0-9]{1,9}-\d+)(?![\w-])/g;
const pullRequest = /\((#\d+)\)\s*$|\bpull request (#\d+)|\bmerge request (!\d+)/gim;

/** Names of standards look like tickets and are none. */
const standards =
  /^(UTF|ISO|SHA|RFC|MD|AES|RSA|HTTP|TLS|SSL|WCAG|CVE|ES|IPV|BASE|X|H|MP|CP|WINDOWS|EC)-?\d*-/;

/** Every group of every match; most texts have none, so that they are looked through with the least ado. */
const matches = (text: string, pattern: RegExp): string[] => {
  const found: string[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    for (const group of match.slice(1)) if (group !== undefined) found.push(group);
  }
  return found;
};

/** Notes what a text closes or belongs to, and gives every number in it. */
const numberedReferences = (text: string, found: Map<string, FactReference['relation']>): string[] => {
  for (const name of matches(text, pullRequest)) found.set(name, 'pull-request');
  for (const list of matches(text, closing))
    for (const name of matches(list, issue)) found.set(name, 'closes');
  return matches(text, issue);
};

/** Issues and pull requests that a text names, each once, with the strongest relation. */
export const readReferences = (text: string): FactReference[] => {
  const hasNumbers = text.includes('#') || text.includes('!');
  const tickets = /[A-Z0-9]-\d/.test(text) ? matches(text, ticket) : [];
  if (!hasNumbers && tickets.length === 0) return [];
  const found = new Map<string, FactReference['relation']>();
  const numbered = hasNumbers ? numberedReferences(text, found) : [];
  for (const name of [...numbered, ...tickets]) {
    if (!found.has(name) && !standards.test(name)) found.set(name, 'mentions');
  }
  return [...found].map(([name, relation]) => ({ text: name, relation }));
};
