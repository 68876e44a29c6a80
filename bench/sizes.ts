// What a data set takes on disk, per million deployments: the table of docs/scaling.md.
// npm run build && npm run bench:sizes -- --size 100k|1m|10m [--data FOLDER of npm run bench]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchDatabase } from './bench-database.js';
import { shapeOf } from './dataset/shape.js';
import { sizeOption } from './terminal.js';

/** Rows as PostgreSQL estimates them, which is near enough after the VACUUM ANALYZE that ends the filling. */
const TABLES = `
  SELECT relname AS name, greatest(reltuples, 0)::bigint AS rows,
         pg_table_size(oid) AS table_bytes, pg_indexes_size(oid) AS index_bytes
    FROM pg_class
   WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
   ORDER BY pg_total_relation_size(oid) DESC`;
/** Smaller ones are left out of the table, not of the sum. */
const SHOWN_MB = 0.5;

interface Table {
  readonly name: string;
  readonly rows: number;
  readonly table_mb: number;
  readonly index_mb: number;
}

const { values: options } = parseArgs({
  options: { size: { type: 'string', default: '100k' }, data: { type: 'string' } },
});
const size = sizeOption('--size', options.size);
const shape = shapeOf(size);
const folder = options.data ?? mkdtempSync(join(tmpdir(), 'bench-'));
const database = await BenchDatabase.filled(join(folder, size), shape);
try {
  const tables = await tablesPerMillion();
  const sumOf = (what: 'table_mb' | 'index_mb'): string =>
    tables.reduce((sum, table) => sum + table[what], 0).toFixed(0);
  const lines = [
    `| table, at ${size} | rows | table MB | indexes MB |`,
    '| --- | --- | --- | --- |',
    ...tables.filter(({ table_mb, index_mb }) => table_mb + index_mb >= SHOWN_MB).map(lineOf),
    `| all tables | | ${sumOf('table_mb')} | ${sumOf('index_mb')} |`,
    '',
  ];
  process.stdout.write(lines.join('\n'));
} finally {
  await database.close({ remove: options.data === undefined });
  if (options.data === undefined) rmSync(folder, { recursive: true, force: true });
}

async function tablesPerMillion(): Promise<Table[]> {
  const { rows } =
    await database.owner.query<Record<'name' | 'rows' | 'table_bytes' | 'index_bytes', string>>(TABLES);
  const perMillion = (value: string): number => (Number(value) / shape.deployments) * 1_000_000;
  return rows.map((table) => ({
    name: table.name,
    rows: perMillion(table.rows),
    table_mb: perMillion(table.table_bytes) / 1_048_576,
    index_mb: perMillion(table.index_bytes) / 1_048_576,
  }));
}

function lineOf({ name, rows, table_mb, index_mb }: Table): string {
  const count = Math.round(rows).toLocaleString('en');
  return `| \`${name}\` | ${count} | ${table_mb.toFixed(0)} | ${index_mb.toFixed(0)} |`;
}
