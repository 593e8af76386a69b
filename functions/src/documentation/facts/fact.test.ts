import { describe, expect, it } from 'vitest';
import { factReportSchema } from '../../protocol/facts.ts';
import { sampleFactReport } from '../../testing/sample-facts.ts';
import { factId, type ReadFacts } from './fact.ts';

describe('fact', () => {
  it('[DO4] its identity is its kind and subject', () => {
    const id = factId({ kind: 'route', subject: 'GET /orders/:id' });
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(factId({ kind: 'route', subject: 'GET /orders/:id' })).toBe(id);
    expect(factId({ kind: 'api', subject: 'GET /orders/:id' })).not.toBe(id);
    expect(factId({ kind: 'route', subject: 'GET /orders' })).not.toBe(id);
  });

  it('[DO1] a report of every kind fits the schema and survives JSON', async () => {
    const readFacts: ReadFacts = async () => sampleFactReport;
    const report = await readFacts({ from: 'v1.0.0', to: 'v1.1.0' });
    expect(factReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    for (const fact of report.facts) expect(fact.id).toBe(factId(fact));
  });
});
