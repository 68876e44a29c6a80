import type { PoolClient } from 'pg';
import { parseInstant } from '../../domain/index.js';
import { instantTextSql } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor } from '../../platform/paging/index.js';
import type { StatementLine } from './line.js';
import { lineSql, type CauseForm } from './line-sql.js';

export const LINE_KINDS = ['revenue', 'adjustment'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** Which lines of a statement. */
export interface LinesFilter {
  /** The statement's number, from the database. */
  readonly no: string;
  readonly kind?: LineKind;
  readonly form: CauseForm;
}

/** A page of lines, in the order of the digest. */
export interface LinesPage {
  readonly data: StatementLine[];
  readonly page: { readonly limit: number; readonly nextCursor: string | null };
}

/** Reads a page of lines. @throws Problem PAGING.BAD_CURSOR */
export async function readLines(
  client: PoolClient,
  filter: LinesFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): Promise<LinesPage> {
  const list = ['statement lines', filter.no, filter.kind];
  const after = cursor === undefined ? null : decodeCursor(cursor, list, isPosition);
  const conditions = [
    'line.statement_no = $1',
    ...(filter.kind === undefined ? [] : [`line.is_adjustment = ${filter.kind === 'adjustment'}`]),
    ...(after === null
      ? []
      : [
          '(line.is_adjustment, line.created_at, line.deployment_id) > ($3::boolean, $4::timestamptz, $5::text)',
        ]),
  ];
  const { rows } = await client.query<{ line: string; position: string[] }>(
    `SELECT ${lineSql('line', filter.form)} AS line,
            ARRAY[line.is_adjustment::text, ${instantTextSql('line.created_at')}, line.deployment_id] AS position
       FROM statement_lines AS line WHERE ${conditions.join(' AND ')}
      ORDER BY line.is_adjustment, line.created_at, line.deployment_id LIMIT $2`,
    [filter.no, limit + 1, ...(after ?? [])],
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(list, last.position) : null;
  return { data: shown.map(({ line }) => JSON.parse(line) as StatementLine), page: { limit, nextCursor } };
}

/** The query of all lines as texts with line ends, in the order of the digest, for COPY. */
export function allLinesQuery({ no, kind, form }: LinesFilter): string {
  const ofKind = kind === undefined ? '' : `AND line.is_adjustment = ${kind === 'adjustment'}`;
  return `SELECT ${lineSql('line', form)} || E'\\n' FROM statement_lines AS line
           WHERE line.statement_no = ${no} ${ofKind}
           ORDER BY line.is_adjustment, line.created_at, line.deployment_id`;
}

function isPosition(position: readonly string[]): boolean {
  const [isAdjustment = '', createdAt = '', id = ''] = position;
  return (
    /^(true|false)$/.test(isAdjustment) &&
    parseInstant(createdAt) !== null &&
    id !== '' &&
    position.length === 3
  );
}
