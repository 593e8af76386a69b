import { existsSync } from 'node:fs';
import { openPostgresStore } from '../../functions/src/engines/postgres/postgres-store.ts';
import { openPostgresCluster, postgresPrograms } from '../../functions/test/support/postgres-cluster.ts';
import { median } from '../statistics.ts';
import { tableText } from '../table.ts';
import { openBareDriver } from './bare-driver.ts';
import { openClients } from './clients.ts';

const clientCount = 50;
const rounds = 5;
const windowMs = 2_000;
const leastRatio = 0.5;

interface Subject {
  label: string;
  run(windowMs: number): Promise<number>;
}

const measure = async (subjects: readonly Subject[]): Promise<number[][]> => {
  const rates = subjects.map((): number[] => []);
  for (const { run } of subjects) await run(windowMs / 2);
  for (let round = 0; round < rounds; round += 1) {
    // Every round begins with another one, so that none has the fuller tables alone.
    for (let turn = 0; turn < subjects.length; turn += 1) {
      const place = (round + turn) % subjects.length;
      const startedAt = performance.now();
      const operations = (await subjects[place]?.run(windowMs)) ?? 0;
      rates[place]?.push((operations * 1000) / (performance.now() - startedAt));
    }
  }
  return rates;
};

const rowOf = (label: string, rates: readonly number[], control: readonly number[]): string[] => {
  const ratios = rates.map((rate, round) => rate / (control[round] ?? Number.NaN));
  const whole = (rate: number): string => Math.round(rate).toLocaleString('en');
  return [
    label,
    whole(median(rates)),
    ...[median(ratios), Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2)),
  ];
};

const compare = async (url: string): Promise<boolean> => {
  const store = await openPostgresStore({ url });
  const bare = await openBareDriver({ url, batch: clientCount, withRecords: true });
  const entriesOnly = await openBareDriver({ url, batch: clientCount, withRecords: false });
  const clients = await openClients(store, clientCount);
  const subjects = [
    { label: `bare driver, entries and records, ${clientCount} a batch`, run: bare.run },
    { label: 'bare driver, entries alone', run: entriesOnly.run },
    { label: `Proofdesk, ${clientCount} clients in ${clientCount} sessions`, run: clients.run },
  ];
  const rates = await measure(subjects);
  await Promise.all([store.close(), bare.close(), entriesOnly.close()]);
  const [control = [], , product = []] = rates;
  const rows = subjects.map(({ label }, place) => rowOf(label, rates[place] ?? [], control));
  const ratio = median(product.map((rate, round) => rate / (control[round] ?? Number.NaN)));
  const met = ratio >= leastRatio;
  const header = ['durable operations on PostgreSQL', 'a second', 'ratio', 'least', 'greatest'];
  process.stdout.write(`${tableText(header, rows)}\n\n`);
  process.stdout.write(
    `${met ? 'met' : 'MISSED'}: ${ratio.toFixed(2)} of the same rows by the bare driver (goal ${leastRatio})\n`,
  );
  return met;
};

/** Compares group commit with the bare driver on a PostgreSQL of its own; tells whether the goal was met. */
export const runPostgres = async (): Promise<boolean> => {
  if (!existsSync(postgresPrograms)) {
    process.stdout.write('Skipped: there is no PostgreSQL 15 here; npm run test:setup installs it.\n');
    return true;
  }
  const cluster = await openPostgresCluster();
  try {
    return await compare(await cluster.freshUrl());
  } finally {
    await cluster.dispose();
  }
};
