import { payoutsCsv, payoutsTable, PayoutLists, Statements, statementsTable } from '../statements/index.js';
import { withApplication } from './command-line.js';
import { save } from './saved-file.js';

export interface StatementsOptions {
  readonly partner?: string;
  readonly month?: string;
  readonly rows: number;
}

/** Prints statements as a table, the latest first. */
export async function listStatements({ partner, month, rows }: StatementsOptions): Promise<void> {
  const { data } = await withApplication((app) =>
    app
      .get(Statements, { strict: false })
      .list({ partnerId: partner, month }, { limit: rows }, { kind: 'everybody' }),
  );
  console.log(data.length === 0 ? 'There are no such statements.' : statementsTable(data));
}

/** Prints what to pay for a month, or writes it to a CSV file. */
export async function listPayouts(month: string, { csv }: { readonly csv?: string }): Promise<void> {
  const payouts = await withApplication((app) => app.get(PayoutLists, { strict: false }).of(month));
  if (csv === undefined) {
    console.log(payoutsTable(payouts));
    return;
  }
  await save(payoutsCsv(payouts, undefined), csv);
  console.log(`The payouts are in ${csv}.`);
}
