import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logLimits } from './log-limits.ts';
import type { LogChanges } from './session-log.ts';
import {
  annotation,
  appendAt,
  epoch,
  type LogUnderTest,
  mark,
  messages,
  putSession,
  readAll,
  sessionId,
  upTo,
} from './session-log-samples.contract.ts';

/** `{"text":"..."}` of this many bytes as JSON in UTF-8, most of them in characters of three bytes. */
const dataOf = (bytes: number): { text: string } => {
  const room = bytes - Buffer.byteLength('{"text":""}');
  return { text: `${'€'.repeat(Math.floor(room / 3))}${'x'.repeat(room % 3)}` };
};

/** JSON that some databases refuse or change: nested lists, U+0000, lone surrogates, keys of prototypes. */
const hardData = {
  nested: [[[[0.1, 0.2]]], []],
  texts: ['a\u0000b', '\ud800', '\udfff\ud800', 'é', '🖍', ''],
  numbers: [0, 5e-324, 1.7976931348623157e308, 0.1, 2 ** 53],
  constructor: { prototype: null },
  deep: JSON.parse(`${'['.repeat(32)}${']'.repeat(32)}`),
  none: null,
};

export const valuesOfLogs = (subject: LogUnderTest, generated: number): void => {
  describe('what a log can hold', () => {
    it('[RT1] data that databases treat in their own ways comes back as it was', async () => {
      const store = subject.store();
      await putSession(store);
      const changes = (writer: LogChanges): void =>
        writer.create('annotations', annotation('hard', 1, { data: hardData }));
      await store.log.append(appendAt(0, [mark('hard', { data: hardData })], { changes }));
      expect((await readAll(store))[0]?.data).toEqual(hardData);
      const [kept] = (await store.log.snapshot(sessionId, 0))?.annotations ?? [];
      expect(kept).toEqual(annotation('hard', 1, { data: hardData }));
    });

    it('[RT1] any JSON comes back as it was', async () => {
      const store = subject.store();
      await putSession(store);
      let seq = 0;
      const json = fc.jsonValue({ stringUnit: 'binary' });
      await fc.assert(
        fc.asyncProperty(json, async (value) => {
          const data = { value };
          await store.log.append(appendAt(seq, [mark('any', { data })]));
          const { entries } = await store.log.read(sessionId, seq, 1);
          seq += 1;
          // JSON has no negative zero.
          expect(entries[0]?.data).toEqual(JSON.parse(JSON.stringify(data)));
        }),
        { seed: 20261122, numRuns: generated },
      );
    });

    it('[RT10] refuses U+0000 where it is not inside JSON', async () => {
      const store = subject.store();
      await putSession(store);
      const refused = store.log.append(appendAt(0, [mark('a\u0000b')]));
      await expect(refused).rejects.toMatchObject({ code: 'validation_failed' });
      expect((await store.log.read(sessionId, 0, 1)).head).toEqual({ epoch, seq: 0 });
    });

    const tooLarge: [string, (over: number) => Parameters<typeof appendAt>][] = [
      ['entries', (over) => [0, messages(logLimits.entries + over)]],
      ['bytes of data', (over) => [0, [mark('large', { data: dataOf(logLimits.dataBytes + over) })]]],
      [
        'writes',
        (over) => {
          const count = logLimits.writes - 1 + over;
          const changes = (writer: LogChanges): void => {
            for (const index of upTo(count)) writer.delete('annotations', `mark-${index}`);
          };
          return [0, messages(1), { changes }];
        },
      ],
    ];
    for (const [what, make] of tooLarge) {
      it(`[RT10] takes as many ${what} as the limits say, and not one more`, async () => {
        const store = subject.store();
        await putSession(store);
        const refused = store.log.append(appendAt(...make(1)));
        await expect(refused).rejects.toMatchObject({ code: 'payload_too_large' });
        expect((await store.log.read(sessionId, 0, 1)).head.seq).toBe(0);
        expect(await store.log.append(appendAt(...make(0)))).toMatchObject({ outcome: 'appended' });
      });
    }

    it('[RT10] takes a record of nearly the largest size, and none that is larger', async () => {
      const store = subject.store();
      await putSession(store);
      const withRecord = (bytes: number) =>
        appendAt(0, messages(1), {
          changes: (writer) => writer.put('annotations', annotation('large', 1, { data: dataOf(bytes) })),
        });
      const refused = store.log.append(withRecord(logLimits.recordBytes));
      await expect(refused).rejects.toMatchObject({ code: 'payload_too_large' });
      expect(await store.get('annotations', 'large')).toBeUndefined();
      const nearly = await store.log.append(withRecord(logLimits.recordBytes - 1024));
      expect(nearly).toMatchObject({ outcome: 'appended' });
    });

    it('[RT10] takes nearly the largest append, and none that is larger', async () => {
      const store = subject.store();
      await putSession(store);
      const ofSize = (count: number) =>
        appendAt(
          0,
          upTo(count).map((index) => mark(`mark-${index}`, { data: dataOf(logLimits.dataBytes) })),
        );
      const fitting = logLimits.appendBytes / logLimits.dataBytes - 1;
      const refused = store.log.append(ofSize(fitting + 1));
      await expect(refused).rejects.toMatchObject({ code: 'payload_too_large' });
      expect(await store.log.append(ofSize(fitting))).toMatchObject({ outcome: 'appended' });
    });
  });
};
