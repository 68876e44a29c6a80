// What a data set takes on disk, per million deployments: the table of docs/scaling.md.
// npm run build && npm run bench:sizes -- --size 100k|1m|10m [--data FOLDER of npm run bench]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchDatabase } from './bench-database.mjs';
import { shapeOf, SIZES } from './dataset/shape.mjs';

/** Rows as PostgreSQL estimates them, which is near enough after the VACUUM ANALYZE that ends the filling. */
const TABLES = `
  SELECT relname AS name, greatest(reltuples, 0)::bigint AS rows,
         pg_table_size(oid) AS table_bytes, pg_indexes_size(oid) AS index_bytes
    FROM pg_class
   WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
   ORDER BY pg_total_relation_size(oid) DESC`;
/** Smaller ones are left out of the table, not of the sum. */
const SHOWN_MB = 0.5;

const { values: options } = parseArgs({
  options: { size: { type: 'string', default: '100k' }, data: { type: 'string' } },
});
const deployments = SIZES[options.size];
if (deployments === undefined) throw new Error(`--size is one of ${Object.keys(SIZES).join(', ')}.`);

const folder = options.data ?? mkdtempSync(join(tmpdir(), 'bench-'));
const database = await BenchDatabase.filled(join(folder, options.size), shapeOf(deployments));
try {
  const { rows: tables } = await database.owner.query(TABLES);
  const per_million = (value) => (Number(value) / deployments) * 1_000_000;
  const mb = (bytes) => per_million(bytes) / 1_048_576;
  const lineOf = ({ name, rows, table_bytes, index_bytes }) =>
    `| \`${name}\` | ${Math.round(per_million(rows)).toLocaleString('en')} | ${mb(table_bytes).toFixed(0)} | ${mb(index_bytes).toFixed(0)} |`;
  const sumOf = (what) => tables.reduce((sum, table) => sum + Number(table[what]), 0);
  const shown = tables.filter(
    (table) => mb(Number(table.table_bytes) + Number(table.index_bytes)) >= SHOWN_MB,
  );
  process.stdout.write(
    [
      `| table, at ${options.size} | rows | table MB | indexes MB |`,
      '| --- | --- | --- | --- |',
      ...shown.map(lineOf),
      `| all tables | | ${mb(sumOf('table_bytes')).toFixed(0)} | ${mb(sumOf('index_bytes')).toFixed(0)} |`,
      '',
    ].join('\n'),
  );
} finally {
  await database.close({ remove: options.data === undefined });
  if (options.data === undefined) rmSync(folder, { recursive: true, force: true });
}
