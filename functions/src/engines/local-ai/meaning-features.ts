import type { FeatureList } from './feature-list.ts';
import { FeatureGroup } from './feature-list.ts';
import { hashPair, hashString } from './hashing.ts';
import type { MeaningHits } from './meaning-hits.ts';
import { MEANING_KINDS } from './meaning-hits.ts';
import type { TokenStream } from './tokenizer.ts';

const OPENING_TOKENS = 4;
const COMPANY_REACH = 4;

function saltedKinds(salt: string): Int32Array {
  return Int32Array.from({ length: MEANING_KINDS * 2 }, (_, kind) => hashString(`${salt} ${kind}`));
}

/** One hash a kind of meaning, the second half for negated ones. */
const HASHES = {
  plain: saltedKinds('meaning'),
  opening: saltedKinds('opening'),
  closing: saltedKinds('closing'),
  together: saltedKinds('together'),
  whole: saltedKinds('whole'),
};

/** Emits kinds of meaning alone, at both ends of the text, beside each other in a clause, and together in a text. */
export class MeaningFeatures {
  readonly #tokens: TokenStream;
  readonly #hits: MeaningHits;
  readonly #list: FeatureList;
  readonly #seen = new Uint8Array(MEANING_KINDS * 2);
  readonly #present = new Uint16Array(MEANING_KINDS);

  constructor(tokens: TokenStream, hits: MeaningHits, list: FeatureList) {
    this.#tokens = tokens;
    this.#hits = hits;
    this.#list = list;
  }

  emit(): void {
    this.#seen.fill(0);
    const lastClause = this.#tokens.clause[Math.max(0, this.#tokens.count - 1)] as number;
    for (let hit = 0; hit < this.#hits.count; hit++) this.#emitHit(hit, lastClause);
    this.#emitWhole();
  }

  #signedKind(hit: number): number {
    const isNegated = this.#hits.isNegated[this.#hits.token[hit] as number] === 1;
    return (this.#hits.kind[hit] as number) + (isNegated ? MEANING_KINDS : 0);
  }

  #emitHit(hit: number, lastClause: number): void {
    const kind = this.#signedKind(hit);
    const token = this.#hits.token[hit] as number;
    const clause = this.#tokens.clause[token] as number;
    this.#seen[kind] = 1;
    this.#list.add(FeatureGroup.meaning, HASHES.plain[kind] as number);
    if (token < OPENING_TOKENS) this.#list.add(FeatureGroup.meaning, HASHES.opening[kind] as number);
    if (clause === lastClause) this.#list.add(FeatureGroup.meaning, HASHES.closing[kind] as number);
    this.#emitCompany(hit, HASHES.together[kind] as number, clause);
  }

  #emitCompany(hit: number, hash: number, clause: number): void {
    const last = Math.min(this.#hits.count - 1, hit + COMPANY_REACH);
    for (let other = hit + 1; other <= last; other++) {
      if (this.#tokens.clause[this.#hits.token[other] as number] !== clause) break;
      this.#list.add(FeatureGroup.company, hashPair(hash, HASHES.plain[this.#signedKind(other)] as number));
    }
  }

  #emitWhole(): void {
    let present = 0;
    for (let kind = 0; kind < MEANING_KINDS; kind++) {
      if (this.#seen[kind] === 1) this.#present[present++] = kind;
    }
    for (let left = 0; left < present; left++) {
      const hash = HASHES.whole[this.#present[left] as number] as number;
      for (let right = left + 1; right < present; right++) {
        const other = HASHES.plain[this.#present[right] as number] as number;
        this.#list.add(FeatureGroup.whole, hashPair(hash, other));
      }
    }
  }
}
