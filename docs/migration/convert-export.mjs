#!/usr/bin/env node
// @ts-check
// Turns the export of an old platform into import lines; see docs/migration.md. It needs this folder and Node.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { Conversion, messageOf, missingFiles } from './conversion.mjs';
import { Mapping } from './mapping.mjs';
import { Report } from './report.mjs';
import { timeReader } from './times.mjs';

const USAGE = `Usage: node convert-export.mjs FOLDER [OPTIONS]

  node convert-export.mjs FOLDER > lines.ndjson              what happened, for the import
  node convert-export.mjs FOLDER --balances > balances.csv   what users have there, for reconcile

FOLDER holds users.ndjson, modules.ndjson, deployments.ndjson and creditTransactions.ndjson, one document a line, and
openingBalances.ndjson where the history is not complete. What was taken from where is told on standard error; the exit
code is 1 where something was left out.

  --time-zone ZONE   what times without an offset are: UTC, +02:00 or Europe/Berlin; else they are refused
  --price-by-rate    value purchases without a price by the rate; else they are left out
`;

/** @param {string[]} args */
function optionsOf(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        balances: { type: 'boolean', default: false },
        'price-by-rate': { type: 'boolean', default: false },
        'time-zone': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) end(0, USAGE);
    const [folder, ...more] = positionals;
    if (folder === undefined || more.length > 0) return end(2, USAGE);
    return { folder, ...values };
  } catch (error) {
    return end(2, `${messageOf(error)}\n\n${USAGE}`);
  }
}

/**
 * @param {number} code
 * @param {string} text
 * @returns {never}
 */
function end(code, text) {
  (code === 0 ? process.stdout : process.stderr).write(text);
  process.exit(code);
}

/**
 * @param {string | undefined} zone
 * @param {Report} report
 */
function timeReaderOf(zone, report) {
  try {
    return timeReader(zone ?? null, () =>
      report.note('times', 'shown twice by the clock, taken as the earlier'),
    );
  } catch {
    return end(
      2,
      `--time-zone ${zone} is no time zone; give UTC, an offset like +02:00 or a name like Europe/Berlin.\n`,
    );
  }
}

const options = optionsOf(process.argv.slice(2));
const missing = missingFiles(options.folder, options.balances);
if (missing.length > 0) end(2, `${missing.join(', ')} cannot be found.\n`);

const report = new Report((line) => process.stderr.write(`${line}\n`));
const mapping = new Mapping({
  time: timeReaderOf(options['time-zone'], report),
  isPricedByRate: options['price-by-rate'],
  report,
});
const conversion = new Conversion({ folder: options.folder, mapping, report });
const texts = options.balances ? conversion.balances() : conversion.lines();
await pipeline(Readable.from(texts), process.stdout).catch((/** @type {NodeJS.ErrnoException} */ error) => {
  if (error.code !== 'EPIPE') throw error; // the reader has ended, as head does
});
report.print({ hasFields: !options.balances });
if (report.hasLosses) process.exitCode = 1;
