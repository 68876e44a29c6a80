import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import {
  microsFromNumeric,
  parseRevenueShare,
  type CreditsPerUnitChange,
  type Micros,
  type RevenueShare,
} from '../domain/index.js';
import { epochMicrosOf } from '../platform/database/index.js';
import { VARIABLE_DEFAULTS } from './variable-value.js';

/** The values of all variables at one time, converted for computing. */
export interface Variables {
  /** The partners' percentage of gross revenue. */
  readonly partnerRevenueShare: RevenueShare;
  /** Credits that one unit of money buys, in micros. */
  readonly creditsPerUnit: Micros;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** SQL of a scalar: all rows as one JSON object of texts; null if there are none. */
export const VARIABLES_SQL = 'SELECT json_object_agg(key, value) FROM variables';

/** SQL of a scalar: the current factor of revenue in gross revenue, exact; 0.3 for 30 %. */
export const REVENUE_FACTOR_SQL = `
  SELECT coalesce(
    (SELECT value FROM variables WHERE key = 'partnerRevenueShare'), '${VARIABLE_DEFAULTS.partnerRevenueShare}'
  )::numeric * 0.01`;

/** Converts the result of VARIABLES_SQL; variables without a row get their defaults. */
export function variablesOf(stored: Readonly<Record<string, string>> | null): Variables {
  const values = { ...VARIABLE_DEFAULTS, ...stored };
  const share = parseRevenueShare(values.partnerRevenueShare);
  if (share === null)
    throw new Error(`The stored share "${values.partnerRevenueShare}" is not a percentage.`);
  return {
    partnerRevenueShare: share,
    creditsPerUnit: microsFromNumeric(values.creditsPerUnit),
    currency: values.currency,
    timeZone: values.timeZone,
  };
}

/** Credits that one unit of money buys until `creditsPerUnit` is set, in micros. */
export const CREDITS_PER_UNIT_DEFAULT: Micros = microsFromNumeric(VARIABLE_DEFAULTS.creditsPerUnit);

/** Reads the variables for other features, in their own transaction or snapshot if they pass its manager. */
@Injectable()
export class VariablesService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Returns the values in force now. */
  async current(manager: EntityManager = this.dataSource.manager): Promise<Variables> {
    const [row] = await manager.query<{ variables: Record<string, string> | null }[]>(
      `SELECT (${VARIABLES_SQL}) AS variables`,
    );
    return variablesOf(row?.variables ?? null);
  }

  /** Returns all values of `creditsPerUnit` that were ever set, oldest first, for purchases without an amount. */
  async creditsPerUnitChanges(
    manager: EntityManager = this.dataSource.manager,
  ): Promise<CreditsPerUnitChange[]> {
    const rows = await manager.query<{ since: string; value: string }[]>(
      `SELECT ${epochMicrosOf('changed_at')} AS since, to_value AS value
       FROM variable_changes WHERE key = 'creditsPerUnit' ORDER BY sequence`,
    );
    return rows.map(({ since, value }) => ({
      since: BigInt(since),
      creditsPerUnit: microsFromNumeric(value),
    }));
  }
}
