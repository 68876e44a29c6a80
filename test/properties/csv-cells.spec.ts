import fc from 'fast-check';
import { Client } from 'pg';
import { textCellSql } from '../../src/platform/csv/csv-cell-sql.js';
import { neutralised, quoted } from '../../src/platform/csv/csv-cell.js';
import { INVISIBLE_RANGES } from '../../src/platform/csv/invisible.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const TEXTS_PER_RUN = 500;
const RUNS = 8;

/** Texts that the rule applies to, more often than random texts would. */
const piece = fc.oneof(
  fc.constantFrom('=', '+', '-', '@', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20'),
  fc.constantFrom(';', ',', '\t', '\r', '\n', '"', "'", '|', ' '),
  fc
    .constantFrom(...INVISIBLE_RANGES)
    .chain(([first, last]) =>
      fc.integer({ min: first, max: last }).map((code) => String.fromCodePoint(code)),
    ),
  // Visible characters next to the ranges.
  fc
    .constantFrom(...INVISIBLE_RANGES.flatMap(([first, last]) => [first - 1, last + 1]))
    .map((code) => String.fromCodePoint(code)),
  fc.constantFrom('a', 'Z', '1', 'ä', '地', '🚀'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
/** PostgreSQL stores neither NUL nor lone surrogates. */
const text = fc
  .array(piece, { maxLength: 8 })
  .map((pieces) => pieces.join('').replaceAll('\0', ''))
  .filter((joined) => joined.isWellFormed());

describe('cells as PostgreSQL writes them', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.serviceUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('are those that TypeScript writes, whatever the text is', async () => {
    const texts = fc.array(text, { minLength: TEXTS_PER_RUN, maxLength: TEXTS_PER_RUN });
    await fc.assert(
      fc.asyncProperty(texts, async (asked) => {
        const { rows } = await client.query<{ cell: string }>(
          `SELECT ${textCellSql('given.text')} AS cell
             FROM unnest($1::text[]) WITH ORDINALITY AS given (text, place) ORDER BY place`,
          [asked],
        );
        expect(rows.map(({ cell }) => cell)).toEqual(asked.map((one) => quoted(neutralised(one) ?? '')));
      }),
      { numRuns: RUNS },
    );
  });
});
