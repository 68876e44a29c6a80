import { Injectable } from '@nestjs/common';
import { Snapshots, type Snapshot } from '../../platform/database/index.js';
import { VariablesService } from '../../variables/index.js';
import { isWithin, LedgerPayments } from './ledger-payments.js';
import type { TieOutResult } from './money-item.js';
import { readProviderFile, type Month, type ProviderColumns } from './provider-file.js';
import { tieOut } from './tie-out.js';

/** The result of a comparison, and what of the file was not compared. */
export interface FileTieOut extends TieOutResult {
  readonly lines: number;
  readonly otherMonths: number;
  readonly complaints: readonly string[];
  readonly timeZone: string;
}

/** Compares a payment provider's file with the purchases, refunds and reversals of a month. */
@Injectable()
export class TieOut {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly variables: VariablesService,
    private readonly payments: LedgerPayments,
  ) {}

  /** @param month `2026-05`, in the time zone of the platform */
  async run(bytes: AsyncIterable<Uint8Array>, columns: ProviderColumns, month: string): Promise<FileTieOut> {
    return this.snapshots.read(async (snapshot) => {
      const { currency, timeZone } = await this.variables.current(snapshot.manager);
      const bounds = await boundsOf(month, timeZone, snapshot);
      const whole: Month = { ...bounds, name: month, currency };
      const file = await readProviderFile(bytes, columns, whole);
      const ids = new Set(file.lines.map(({ id }) => id));
      const entries = await this.payments.of(whole, ids, snapshot.manager);
      const result = tieOut(file.lines, entries, ({ occurredAt }) => isWithin(bounds, occurredAt));
      const { otherMonths, complaints } = file;
      return { ...result, lines: file.lines.length, otherMonths, complaints, timeZone };
    });
  }
}

async function boundsOf(
  month: string,
  timeZone: string,
  { manager }: Snapshot,
): Promise<Pick<Month, 'from' | 'to'>> {
  const [row] = await manager.query<{ from: string; to: string }[]>(
    `SELECT (extract(epoch FROM first::timestamp AT TIME ZONE $2) * 1000000)::bigint AS "from",
            (extract(epoch FROM (first + interval '1 month')::timestamp AT TIME ZONE $2) * 1000000)::bigint AS "to"
     FROM (SELECT ($1 || '-01')::date AS first) AS month`,
    [month, timeZone],
  );
  if (row === undefined) throw new Error(`PostgreSQL returned no bounds of ${month}.`);
  return { from: BigInt(row.from), to: BigInt(row.to) };
}
