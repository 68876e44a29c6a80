import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Transform } from '@json2csv/node';
import type { Client } from 'pg';
import { CountingSink } from './counting-sink.js';

const ROWS_PER_FETCH = 1_000;

/** The rows of finance's export as objects, as a service without COPY would read them. */
export const ROWS = `
  SELECT revenue.deployment_id AS "Deployment ID", module.name AS "Module Name", revenue.deployed_at AS "Created At",
         trim_scale(revenue.credit_cost) AS "Credit Cost", trim_scale(revenue.free_credits) AS "Free Credits",
         trim_scale(revenue.purchased_credits) AS "Purchased Credits",
         trim_scale(revenue.gross_revenue) AS "Gross Revenue", '30' AS "Partner Revenue Share %",
         trim_scale(revenue.shared_gross * 0.3) AS "Revenue", 'USD' AS "Currency",
         revenue.partner_id AS "Partner ID", partner.email AS "Partner Email",
         revenue.user_id AS "User ID", customer.email AS "User Email",
         trim_scale(revenue.unpaid_credits) AS "Unpaid Credits",
         trim_scale(revenue.refunded_credits) AS "Refunded Credits"
    FROM deployment_revenue AS revenue
      JOIN modules AS module ON module.id = revenue.module_id
      LEFT JOIN users AS customer ON customer.id = revenue.user_id
      LEFT JOIN users AS partner ON partner.id = revenue.partner_id
   WHERE revenue.deployed_at >= $1
   ORDER BY revenue.deployed_at DESC, revenue.deployment_id DESC`;

/** A cursor's rows through @json2csv/node in object mode into a sink that forgets everything; gives the bytes. */
export async function json2csvExport(client: Client, from: string): Promise<number> {
  const sink = new CountingSink();
  await client.query('BEGIN');
  await client.query(`DECLARE json2csv_rows NO SCROLL CURSOR FOR ${ROWS}`, [from]);
  await pipeline(Readable.from(fetched(client)), new Transform({}, {}, { objectMode: true }), sink);
  await client.query('COMMIT');
  return sink.bytes;
}

async function* fetched(client: Client): AsyncGenerator<object> {
  for (;;) {
    const { rows } = await client.query<Record<string, unknown>>(
      `FETCH ${ROWS_PER_FETCH} FROM json2csv_rows`,
    );
    yield* rows;
    if (rows.length < ROWS_PER_FETCH) return;
  }
}
