import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../protocol/annotation-data.ts';
import { JsonText } from '../protocol/json-text.ts';
import { sampleSession } from '../testing/support-session.ts';
import { collections, type FieldKind } from './collections.ts';
import { type StoreUnderTest, sampleEntry, sampleUser } from './record-store-samples.contract.ts';
import type { CollectionName, Records } from './records.ts';

/** Fixed, so that a failure is the same everywhere; fast-check prints it with the smallest example. */
const seed = 20261122;

/** U+0000 is refused in plain texts, and half a surrogate pair cannot be written in UTF-8. */
const text = fc.string({ unit: 'binary', maxLength: 60 }).filter((value) => !value.includes('\u0000'));
/** JSON knows no negative zero. */
const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

/** Four-digit years: what ISO 8601 writes without a sign, and every engine can hold. */
const firstYear = new Date('0001-01-01T00:00:00.000Z');
const lastYear = new Date('9999-12-31T23:59:59.999Z');

const valueByKind: Record<FieldKind, fc.Arbitrary<unknown>> = {
  text,
  time: fc.date({ min: firstYear, max: lastYear, noInvalidDate: true }).map((date) => date.toISOString()),
  integer: fc.maxSafeInteger(),
  real: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  boolean: fc.boolean(),
  json,
  jsonText: json.map((value) => JsonText.of(value as JsonValue)),
  large: json,
  list: fc.array(text, { maxLength: 6 }),
};

/** Any record of a collection; every field but the id may be absent. */
const recordsOf = <Name extends CollectionName>(collection: Name): fc.Arbitrary<Records[Name]> => {
  const fields = Object.entries(collections[collection].fields);
  const model = Object.fromEntries(fields.map(([field, kind]) => [field, valueByKind[kind]]));
  const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
  return fc
    .record({ ...model, id }, { requiredKeys: ['id'], noNullPrototype: true })
    .map((record) => record as object as Records[Name]);
};

/** What an engine says about the values that it is tried with. */
export interface ValuesContract {
  /** Generated records of each collection; a store over a network may do with fewer. */
  generatedRecords?: number;
  /** Bytes of text that a record may hold, where the engine has a limit; what is much larger is refused. */
  largestRecordBytes?: number;
}

export const valuesOfRecords = (
  subject: StoreUnderTest,
  { generatedRecords: numRuns = 40, largestRecordBytes }: ValuesContract,
): void => {
  describe('values', () => {
    for (const collection of Object.keys(collections) as CollectionName[]) {
      it(`[RE2] any record of ${collection} comes back as it was, absent fields absent`, async () => {
        const store = subject.store();
        await fc.assert(
          fc.asyncProperty(recordsOf(collection), async (record) => {
            await store.write((writer) => writer.put(collection, record));
            expect(await store.get(collection, record.id)).toStrictEqual(record);
          }),
          { seed, numRuns },
        );
      });
    }

    it('[RE2] keeps scripts, emoji and texts that look like something else', async () => {
      const store = subject.store();
      const names = [
        'Åßñ 日本語 العربية 👩🏽‍🎨',
        '1',
        'null',
        '',
        '1e3',
        "'; DROP TABLE users; --",
        '\r\n\t"\\',
        '\u202e\ufeff',
      ];
      for (const name of names) {
        await store.write((writer) => writer.put('users', sampleUser({ name })));
        expect((await store.get('users', 'user-1'))?.name).toBe(name);
      }
    });

    it('[RE2] keeps a megabyte of text and of nested data, or as much as the engine can', async () => {
      const store = subject.store();
      const ofText = (bytes: number) => {
        const large = 'bleed ✂ '.repeat(bytes / 10);
        return { pages: [[[large]], { deep: { deeper: [null, false, 0.1, { a: [] }] } }] };
      };
      const write = (data: ReturnType<typeof ofText>) =>
        store.write((writer) => writer.create('sessionLog', sampleEntry(1, { data })));
      const data = ofText(largestRecordBytes ?? 1_100_000);
      if (largestRecordBytes !== undefined) {
        const refused = write(ofText(largestRecordBytes * 1.1));
        await expect(refused).rejects.toMatchObject({ code: 'payload_too_large' });
      }
      await write(data);
      expect(await store.get('sessionLog', sampleEntry(1).id)).toStrictEqual(sampleEntry(1, { data }));
    });

    it('[RE2] refuses a text with U+0000 as the sender’s mistake, and keeps it inside JSON', async () => {
      const store = subject.store();
      const refused = async () =>
        store.write((writer) => writer.put('users', sampleUser({ name: 'a\u0000b' })));
      await expect(refused()).rejects.toMatchObject({
        code: 'validation_failed',
        errors: [{ path: 'name' }],
      });
      await store.write((writer) =>
        writer.create('sessionLog', sampleEntry(1, { data: { text: 'a\u0000b' } })),
      );
      expect((await store.get('sessionLog', sampleEntry(1).id))?.data).toEqual({ text: 'a\u0000b' });
    });

    it('[RE2] refuses values of another kind than the field’s, and goes on', async () => {
      const store = subject.store();
      for (const wrong of [1, true, { a: 1 }, null, Symbol('a'), 1n]) {
        const record = { ...sampleUser(), name: wrong as unknown as string };
        await expect((async () => store.write((writer) => writer.put('users', record)))()).rejects.toThrow();
      }
      for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, '1']) {
        const record = sampleSession({ duration: wrong as unknown as number });
        await expect(
          (async () => store.write((writer) => writer.put('supportSessions', record)))(),
        ).rejects.toThrow();
      }
      expect(await store.healthy()).toBe(true);
    });

    it('[EN1] records that are handed out or in are copies', async () => {
      const store = subject.store();
      const record = sampleSession({ tags: ['kept'] });
      const written = store.write((writer) => {
        writer.create('supportSessions', record);
        record.tags.push('too late');
      });
      record.subject = 'too late';
      await written;
      const first = await store.get('supportSessions', record.id);
      first?.tags.push('mine');
      const second = await store.get('supportSessions', record.id);
      expect(second).toEqual(sampleSession({ tags: ['kept'] }));
    });
  });
};
