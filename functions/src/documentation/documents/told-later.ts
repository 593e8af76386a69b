import type { RecordReader } from '../../ports/record-store.ts';
import type { StoredDocument } from '../../ports/records.ts';
import { replacedFactId } from '../facts/fact.ts';
import type { Repository } from '../repository.ts';

/** As many documents as answers look at (rule DO19). */
const newestDocuments = 200;

const factsOf = (stored: StoredDocument | undefined): string[] =>
  (stored?.document.facts ?? []).flatMap((fact) => [fact.id, replacedFactId(fact) ?? []].flat());

/**
 * Facts that documents of later commits of the same repository tell: what an earlier range says of them is not so any
 * more, though its document is kept later.
 */
export const createToldLater =
  (records: RecordReader) =>
  async (
    { repository, to }: { repository: string; to: string },
    isBefore: Repository['isBefore'],
  ): Promise<ReadonlySet<string>> => {
    const { items } = await records.list('documentGuides', {
      orderBy: 'createdAt',
      direction: 'descending',
      limit: newestDocuments,
    });
    const told = new Set<string>();
    for (const guide of items) {
      if (guide.repository !== repository || !(await isBefore(to, guide.to))) continue;
      for (const id of factsOf(await records.get('documentation', guide.id))) told.add(id);
    }
    return told;
  };
