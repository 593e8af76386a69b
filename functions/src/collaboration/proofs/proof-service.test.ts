import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openDiskFiles } from '../../engines/disk/disk-files.ts';
import { AppError } from '../../errors/app-error.ts';
import type { Identity } from '../../ports/identity.ts';
import type { Proof } from '../../protocol/proofs.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import {
  admin,
  agent,
  customer,
  openRoomHouse,
  otherAgent,
  sessionId,
  spoilable,
  stranger,
} from '../../testing/room-house.ts';
import { pdfOf, pngOf } from '../../testing/sample-artwork.ts';
import type { RoomOperation } from '../rooms/room-operation.ts';
import { createProofService } from './proof-service.ts';
import { createUploadNotes } from './upload-notes.ts';

const png = pngOf(120, 80);
const twoPages = pdfOf({
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 100 50] >>',
  3: '<< /Type /Page >>',
  4: '<< /Type /Page >>',
});

const openStudio = async ({ limits = {} as { proofs?: number }, maximumBytes = 100_000 } = {}) => {
  const house = await openRoomHouse();
  const folder = await makeFolder();
  const files = await openDiskFiles({ folder });
  const log = spoilable(house.store.log, () => new AppError('unavailable', 'spoilt'));
  const node = house.node({ log, limits });
  const { store, clock } = house;
  const notes = createUploadNotes({ store, files, clock, cutAfterMs: 0 });
  const proofs = createProofService({ store, files, rooms: node.rooms, notes, maximumBytes });
  const upload = (user: Identity, content: Buffer = png, query: object = {}): Promise<Proof> =>
    proofs.upload(user, sessionId, { name: 'label', ...query }, Readable.from([content]));
  const annotate = (proofId: string, more: object = {}, user = agent) =>
    node.do(user, { name: 'annotation:add', type: 'pen', data: [], proofId, ...more } as RoomOperation);
  const decide = ({ id, sha256 }: Proof, seq: number, more: object = {}, user = customer) =>
    proofs.decide(user, id, { decision: 'approved', sha256, seq, ...more });
  const fileNames = () => readdir(join(folder, 'files'));
  const head = async () => (await house.entries()).length;
  return {
    ...house,
    anotherNode: house.node,
    files,
    log,
    notes,
    node,
    proofs,
    upload,
    annotate,
    decide,
    fileNames,
    head,
  };
};

describe('uploading artwork', () => {
  it('[PR2] makes a proof with its file, its record and its place in the log', async () => {
    const { upload, proofs, store, entries, node } = await openStudio();
    const proof = await upload(customer, twoPages);
    expect(proof).toMatchObject({
      name: 'label',
      version: 1,
      format: 'pdf',
      size: twoPages.length,
      pageCount: 2,
      pages: [{ count: 2, width: 100, height: 50, unit: 'pt', rotation: 0 }],
      status: 'open',
      userId: customer.uid,
      seq: 1,
      rev: 1,
    });
    expect(await store.get('proofs', proof.id)).toEqual(proof);
    expect(await entries()).toMatchObject([{ kind: 'proof:added', seq: 1, subjectId: proof.id }]);
    const { pages: _, ...summary } = proof;
    expect(node.forCustomers).toMatchObject([{ event: 'proof:added', payload: { ...summary, seq: 1 } }]);
    expect(node.forCustomers[0]?.payload).not.toHaveProperty('pages');
    const { open } = await proofs.find(customer, proof.id);
    const chunks: Buffer[] = [];
    for await (const chunk of await open({ start: 0, end: proof.size - 1 })) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(twoPages)).toBe(true);
  });

  it('[PR3] a new file is the next version, and a version has one successor', async () => {
    const { upload, proofs } = await openStudio();
    const first = await upload(customer);
    const second = await upload(agent, pngOf(1, 1), { replaces: first.id });
    expect(second).toMatchObject({ version: 2, replaces: first.id });
    await expect(upload(agent, png, { replaces: first.id })).rejects.toMatchObject({
      code: 'proof_outdated',
    });
    await expect(upload(agent, png, { replaces: 'nothing' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    const { items } = await proofs.list(customer, sessionId, { limit: 10 });
    expect(items.map(({ version }) => version)).toEqual([2, 1]);
  });

  it('[PR2] a resend with its opId is the same proof, and its file is stored once', async () => {
    const { upload, fileNames } = await openStudio();
    const first = await upload(customer, png, { opId: 'op-1' });
    expect(await upload(customer, png, { opId: 'op-1' })).toEqual(first);
    expect(await fileNames()).toEqual([first.id]);
    await expect(upload(customer, twoPages, { opId: 'op-1' })).rejects.toMatchObject({
      code: 'operation_id_reused',
    });
    const next = await upload(customer, png, { opId: 'op-2', replaces: first.id });
    expect(await upload(customer, png, { opId: 'op-2', replaces: first.id })).toEqual(next);
    expect(await fileNames()).toHaveLength(2);
  });

  it('[PR2] is for those who take part, in a session that goes on and is not full', async () => {
    const { upload, write, fileNames } = await openStudio({ limits: { proofs: 2 } });
    await expect(upload(stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(upload(otherAgent)).rejects.toMatchObject({ code: 'forbidden' });
    await upload(agent);
    await upload(admin);
    await expect(upload(customer)).rejects.toMatchObject({ code: 'session_full' });
    await write([{ kind: 'ended', authorId: agent.uid, visibility: 'public', data: {} }], {
      status: 'completed',
    });
    await expect(upload(customer)).rejects.toMatchObject({ code: 'session_closed' });
    expect(await fileNames()).toHaveLength(2);
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'validation_failed'],
    ['no artwork', Buffer.from('a text'), 'unsupported_media_type'],
    ['a damaged file', png.subarray(0, 20), 'validation_failed'],
    ['too much', Buffer.alloc(100_001), 'payload_too_large'],
  ])('[PR2] %s is refused and leaves nothing', async (_what, content, code) => {
    const { upload, fileNames, head } = await openStudio();
    await expect(upload(customer, content)).rejects.toMatchObject({ code });
    expect(await fileNames()).toEqual([]);
    expect(await head()).toBe(0);
  });

  it('[PR2] a record that cannot be written leaves no file; one whose answer was lost keeps it', async () => {
    const { upload, log, fileNames, proofs } = await openStudio();
    log.spoil('refused');
    await expect(upload(customer)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await fileNames()).toEqual([]);
    log.spoil('answer-lost');
    const { id } = await upload(customer);
    expect(await fileNames()).toEqual([id]);
    expect((await proofs.list(customer, sessionId, { limit: 10 })).items).toHaveLength(1);
  });
});

describe('marks on a proof', () => {
  it('[PR6] name a proof of the session and a page that it has', async () => {
    const { upload, annotate, node } = await openStudio();
    const proof = await upload(customer, twoPages);
    const forDownload = await upload(customer, Buffer.from('8BPS\0\x01'));
    expect(await annotate(proof.id, { page: 2, id: 'mark-1' })).toMatchObject({ ok: true });
    expect(await annotate(proof.id, { page: 3 })).toMatchObject({ code: 'validation_failed' });
    expect(await annotate('nothing')).toMatchObject({ code: 'validation_failed' });
    expect(await annotate(forDownload.id)).toMatchObject({ code: 'validation_failed' });
    const move = { name: 'annotation:update', id: 'mark-1', patch: { page: 9 } } as const;
    expect(await node.do(agent, move)).toMatchObject({ code: 'validation_failed' });
    expect(await node.do(agent, { ...move, patch: { page: 1 } })).toMatchObject({ ok: true });
  });

  it('[PR6] stay as they are when the customer has decided; comments go on', async () => {
    const { upload, annotate, decide, node, head } = await openStudio();
    const proof = await upload(customer);
    const other = await upload(customer);
    for (const [id, proofId] of Object.entries({ 'mark-1': proof.id, 'mark-2': other.id })) {
      expect(await annotate(proofId, { id })).toMatchObject({ ok: true });
    }
    await decide(proof, await head());
    const refused = { ok: false, code: 'proof_decided', retryable: false };
    expect(await annotate(proof.id)).toMatchObject(refused);
    const id = 'mark-1';
    const operations: RoomOperation[] = [
      { name: 'annotation:update', id, patch: { data: 1 } },
      { name: 'annotation:resolve', id, resolved: true },
      { name: 'annotation:delete', id },
    ];
    for (const operation of operations) expect(await node.do(agent, operation)).toMatchObject(refused);
    expect(await node.do(agent, { name: 'comment:add', annotationId: id, body: 'Why?' })).toMatchObject({
      ok: true,
    });
    expect(await node.do(agent, { name: 'annotation:clear' })).toMatchObject({ ok: true });
    const state = await node.rooms.state(customer, sessionId);
    expect(state).toMatchObject({ mode: 'snapshot', annotations: [{ id }] });
    expect(await annotate(other.id)).toMatchObject({ ok: true });
  });
});

describe('the decision on a proof', () => {
  it.each(['approved', 'approved-with-changes', 'rejected'] as const)(
    '[PR5] %s is kept with who, when, which file and what was seen, and in the audit',
    async (decision) => {
      const { upload, decide, store, entries, node } = await openStudio();
      const proof = await upload(agent);
      const decided = await decide(proof, 1, { decision, comment: 'as discussed' });
      const { sha256 } = proof;
      const kept = { by: customer.uid, at: expect.any(String), sha256, seq: 1, comment: 'as discussed' };
      expect(decided).toEqual({ ...proof, status: decision, decision: kept, rev: 2 });
      expect((await entries()).at(-1)).toMatchObject({ kind: 'proof:decided', subjectId: proof.id });
      expect(node.forStaff.at(-1)).toMatchObject({
        event: 'proof:decided',
        payload: { id: proof.id, seq: 2, rev: 2, status: decision, decision: kept },
      });
      expect(await store.get('audit', proof.id)).toMatchObject({
        actorId: customer.uid,
        action: 'proof:decide',
        data: { sessionId, sha256, status: decision, seq: 1 },
      });
    },
  );

  it('[PR5] is given once; a resend with its opId is answered like the first', async () => {
    const { upload, decide } = await openStudio();
    const proof = await upload(agent);
    const decided = await decide(proof, 1, { opId: 'op-1' });
    expect(await decide(proof, 1, { opId: 'op-1' })).toEqual(decided);
    await expect(decide(proof, 1)).rejects.toMatchObject({ code: 'proof_decided' });
    await expect(decide(proof, 1, { decision: 'rejected' })).rejects.toMatchObject({ code: 'proof_decided' });
  });

  it('[PR5] is the customer’s', async () => {
    const { upload, decide } = await openStudio();
    const proof = await upload(agent);
    for (const user of [agent, admin]) {
      await expect(decide(proof, 1, {}, user)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(decide(proof, 1, {}, otherAgent)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(decide(proof, 1, {}, stranger)).rejects.toMatchObject({
      code: 'not_found',
      detail: 'There is no proof with this id.',
    });
  });

  it('[PR5] is outdated by another file, an unseen mark or comment, and a newer version', async () => {
    const { upload, annotate, decide, node, head } = await openStudio();
    const outdated = { code: 'proof_outdated' };
    const proof = await upload(agent);
    const other = await upload(agent, pngOf(5, 5));
    await expect(decide({ ...proof, sha256: other.sha256 }, 2)).rejects.toMatchObject(outdated);
    await expect(decide(other, 1)).rejects.toMatchObject(outdated);
    await annotate(proof.id, { id: 'mark-1' });
    await expect(decide(proof, 2)).rejects.toMatchObject(outdated);
    await node.do(agent, { name: 'comment:add', annotationId: 'mark-1', body: 'Look' });
    await expect(decide(proof, 3)).rejects.toMatchObject(outdated);
    await node.do(agent, { name: 'annotation:delete', id: 'mark-1' });
    await expect(decide(proof, 4)).rejects.toMatchObject(outdated);
    await node.do(agent, { name: 'chat:message', body: 'Take your time' });
    expect(await decide(other, 2)).toMatchObject({ status: 'approved' });
    await upload(agent, pngOf(6, 6), { replaces: proof.id });
    await expect(decide(proof, await head())).rejects.toMatchObject(outdated);
  });

  it('[PR5] names a place that can have been seen', async () => {
    const { upload, decide } = await openStudio();
    const proof = await upload(agent);
    await expect(decide(proof, 2)).rejects.toMatchObject({
      code: 'validation_failed',
      detail: 'Name the last place that was seen: the session is at 1.',
    });
    expect(await decide(proof, 1)).toMatchObject({ status: 'approved', decision: { seq: 1 } });
  });

  it('[PR5] is outdated just the same when the room was opened in between', async () => {
    const { upload, annotate, decide, node, store, files, notes, anotherNode } = await openStudio();
    const proof = await upload(agent);
    const other = await upload(agent);
    await annotate(proof.id, { id: 'mark-1' });
    await node.do(agent, { name: 'annotation:delete', id: 'mark-1' });
    await node.do(agent, { name: 'chat:message', body: 'Gone' });
    const reopen = () =>
      createProofService({ store, files, notes, rooms: anotherNode().rooms, maximumBytes: 1_000 });
    const ask = (asked: Proof, seq: number) =>
      reopen().decide(customer, asked.id, { decision: 'approved', sha256: asked.sha256, seq });
    for (const seq of [2, 3]) await expect(ask(proof, seq)).rejects.toMatchObject({ code: 'proof_outdated' });
    expect(await ask(other, 2)).toMatchObject({ status: 'approved' });
    expect(await ask(proof, 4)).toMatchObject({ status: 'approved' });
    await expect(decide(proof, 4)).rejects.toMatchObject({ code: 'proof_decided' });
  });

  it('[RT4] comes with the snapshot to those who join, on every node', async () => {
    const { upload, decide, node, anotherNode } = await openStudio();
    const proof = await upload(agent);
    await decide(proof, 1);
    const second = await upload(agent, pngOf(2, 2), { replaces: proof.id });
    const { pages: _, ...summary } = second;
    for (const rooms of [node.rooms, anotherNode().rooms]) {
      const state = await rooms.state(customer, sessionId);
      expect(state).toMatchObject({
        mode: 'snapshot',
        proofs: [{ id: proof.id, status: 'approved', rev: 2 }, summary],
      });
    }
  });
});
