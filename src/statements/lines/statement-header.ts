import { createHash } from 'node:crypto';
import { canonicalJson, statementIdOf, type JsonObject } from '../../domain/index.js';

/** The part of a statement that never changes, as answers contain it: the header of its digest. */
export interface StatementHeader extends JsonObject {
  readonly id: string;
  readonly partnerId: string;
  readonly month: string;
  readonly currency: string;
  readonly currencyMinorUnit: number;
  readonly opening: string;
  readonly revenue: string;
  readonly adjustments: string;
  readonly due: string;
  readonly payable: string;
  readonly carried: string;
}

/** The first line of a statement's digest, with its line end. */
export function headerLine(header: StatementHeader): string {
  return `${canonicalJson(header)}\n`;
}

/** The id of a statement: `{partnerId}.{month}`; with a hash of the partner where that would be too long. */
export function idOfStatement(partnerId: string, month: string): string {
  // No id of the first kind has a month at its start and a hash at its end.
  return (
    statementIdOf(partnerId, month) ?? `${month}.${createHash('sha256').update(partnerId).digest('hex')}`
  );
}
