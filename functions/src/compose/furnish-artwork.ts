import { Readable } from 'node:stream';
import type { Identity } from '../ports/identity.ts';
import { labelPdf, labelVersions } from '../support/demo/demo-artwork.ts';
import { demoAccounts, firstAgentId, firstCustomerId } from '../support/demo/demo-people.ts';
import { demoSessionId } from '../support/demo/seed-demo.ts';
import type { Parts } from './parts.ts';

const identityOf = (wanted: string): Identity => {
  const account = demoAccounts.find(({ uid }) => uid === wanted);
  if (account === undefined) throw new Error(`the demo has no account ${wanted}`);
  const { password: _, ...identity } = account;
  return identity;
};

const complaint = 'The red looks brown, and the text would be cut off at the edge.';

/**
 * Gives the demo session its artwork as people would: a proof that the customer rejects, and the next version, which
 * waits for a decision. Each step has a name, so that a start that was cut short is made up for by the next one.
 */
export const furnishArtwork = async ({ engines, services }: Parts): Promise<void> => {
  const { proofs } = services;
  const agent = identityOf(firstAgentId);
  const session = await engines.store.get('supportSessions', demoSessionId);
  if (session?.status !== 'active' || session.agentId !== agent.uid) return;
  const { items } = await proofs.list(agent, demoSessionId, { limit: labelVersions.length });
  if (items.length === labelVersions.length) return;
  let replaces: string | undefined;
  for (const [index, version] of labelVersions.entries()) {
    const upload = { name: 'red-currant-label.pdf', replaces, opId: `demo-proof-${index + 1}` };
    const file = Readable.from([labelPdf(version)]);
    const { id, sha256, seq } = await proofs.upload(agent, demoSessionId, upload, file);
    replaces = id;
    if (index > 0) continue;
    const opinion = { decision: 'rejected', sha256, seq, comment: complaint, opId: 'demo-decision' } as const;
    await proofs.decide(identityOf(firstCustomerId), id, opinion);
  }
};
