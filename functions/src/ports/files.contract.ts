import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Files } from './files.ts';

interface FilesContractOptions {
  /** A store of its own for each test. */
  open(): Promise<Files>;
  /** How many bytes of files, whole or not, the store holds. */
  usedBytes(files: Files): Promise<number>;
}

const limit = 1_000_000;
const sourceOf = (...chunks: (string | Buffer)[]): Readable =>
  Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
const contentOf = async (files: Files, ...asked: Parameters<Files['read']>): Promise<string> =>
  text(await files.read(...asked));

/** What every store of files does; an engine's test calls this with its own stores. */
export const describeFiles = (name: string, { open, usedBytes }: FilesContractOptions): void => {
  describe(`files: ${name}`, () => {
    it('[EN1] gives back what was put, with its size and SHA-256', async () => {
      const files = await open();
      const bytes = randomBytes(300_000);
      const stored = await files.put('one', sourceOf(bytes.subarray(0, 7), bytes.subarray(7)), limit);
      expect(stored).toEqual({ size: 300_000, sha256: createHash('sha256').update(bytes).digest('hex') });
      const chunks: Buffer[] = [];
      for await (const chunk of await files.read('one')) chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
      expect(await files.exists('one')).toBe(true);
    });

    it('[EN1] reads any part of a file', async () => {
      const files = await open();
      await files.put('one', sourceOf('0123456789'), limit);
      expect(await contentOf(files, 'one', { start: 0, end: 0 })).toBe('0');
      expect(await contentOf(files, 'one', { start: 3, end: 6 })).toBe('3456');
      expect(await contentOf(files, 'one', { start: 9, end: 9 })).toBe('9');
    });

    it('[EN1] keeps an empty file', async () => {
      const files = await open();
      expect(await files.put('none', Readable.from([]), limit)).toMatchObject({ size: 0 });
      expect(await contentOf(files, 'none')).toBe('');
    });

    it('[EN1] knows nothing of what was never put', async () => {
      const files = await open();
      expect(await files.exists('one')).toBe(false);
      await expect(files.read('one')).rejects.toMatchObject({ code: 'not_found' });
      await files.delete('one');
    });

    it('[EN1] deletes a file', async () => {
      const files = await open();
      await files.put('one', sourceOf('text'), limit);
      await files.delete('one');
      expect(await files.exists('one')).toBe(false);
      await expect(files.read('one')).rejects.toMatchObject({ code: 'not_found' });
      expect(await usedBytes(files)).toBe(0);
    });

    it('[EN1] takes a file of just the limit', async () => {
      const files = await open();
      expect(await files.put('one', sourceOf('12345', '67890'), 10)).toMatchObject({ size: 10 });
    });

    it('[EN1] refuses what is larger than the limit, stops reading it and keeps nothing', async () => {
      const files = await open();
      let given = 0;
      const endless = new Readable({
        read() {
          given += 1;
          this.push(Buffer.alloc(1_000));
        },
      });
      await expect(files.put('one', endless, 10_000)).rejects.toMatchObject({ code: 'payload_too_large' });
      expect(endless.destroyed).toBe(true);
      expect(given).toBeLessThan(500);
      expect(await files.exists('one')).toBe(false);
      expect(await usedBytes(files)).toBe(0);
    });

    it('[EN1] a source that breaks leaves nothing', async () => {
      const files = await open();
      const broken = Readable.from(
        (async function* () {
          yield Buffer.alloc(50_000);
          throw new Error('the sender went away');
        })(),
      );
      await expect(files.put('one', broken, limit)).rejects.toThrow('the sender went away');
      expect(await files.exists('one')).toBe(false);
      expect(await usedBytes(files)).toBe(0);
    });

    it('[EN1] a source that is destroyed in between leaves nothing', async () => {
      const files = await open();
      const source = new Readable({ read: () => undefined });
      source.push(Buffer.alloc(50_000));
      const putting = files.put('one', source, limit);
      const outcome = expect(putting).rejects.toThrow();
      while (source.readableLength > 0) await nextTurn();
      source.destroy();
      await outcome;
      expect(await usedBytes(files)).toBe(0);
    });

    it('[EN1] shows nothing of a file before it is whole', async () => {
      const files = await open();
      const source = new Readable({ read: () => undefined });
      source.push(Buffer.from('the first half'));
      const putting = files.put('one', source, limit);
      while (source.readableLength > 0) await nextTurn();
      expect(await files.exists('one')).toBe(false);
      await expect(files.read('one')).rejects.toMatchObject({ code: 'not_found' });
      source.push(null);
      await putting;
      expect(await contentOf(files, 'one')).toBe('the first half');
    });

    it('[EN1] an id is put once, and the first file stands', async () => {
      const files = await open();
      await files.put('one', sourceOf('first'), limit);
      await expect(files.put('one', sourceOf('second'), limit)).rejects.toMatchObject({
        code: 'already_exists',
      });
      expect(await contentOf(files, 'one')).toBe('first');
      expect(await usedBytes(files)).toBe(5);
    });

    it('[EN1] of several who put one id at once one wins', async () => {
      const files = await open();
      const puts = ['a', 'b', 'c'].map((letter) => files.put('one', sourceOf(letter.repeat(9)), limit));
      const outcomes = await Promise.allSettled(puts);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
      expect(await contentOf(files, 'one')).toBe('abc'.charAt(winner).repeat(9));
      expect(await usedBytes(files)).toBe(9);
    });

    it('[EN1] a stream may be left before its end', async () => {
      const files = await open();
      await files.put('one', sourceOf(Buffer.alloc(500_000)), limit);
      const stream = await files.read('one');
      await once(stream, 'readable');
      stream.destroy();
      expect(await contentOf(files, 'one', { start: 499_999, end: 499_999 })).toBe('\0');
    });

    it.each(['', '.', '..', '../one', '/etc/passwd', 'a/b', 'a\\b', 'a\0b', 'a.b', 'ä', 'x'.repeat(65)])(
      '[EN1] %j is no id, whatever is asked of it',
      async (id) => {
        const files = await open();
        await expect(files.put(id, sourceOf('text'), limit)).rejects.toThrow('is no id');
        await expect(files.read(id)).rejects.toThrow('is no id');
        await expect(files.exists(id)).rejects.toThrow('is no id');
        await expect(files.delete(id)).rejects.toThrow('is no id');
        expect(await usedBytes(files)).toBe(0);
      },
    );

    it('[EN1] says that it is healthy', async () => {
      expect(await (await open()).healthy()).toBe(true);
    });
  });
};
