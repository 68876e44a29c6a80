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

/** All variables at one moment, ready to compute with. */
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

/** SQL of a scalar: every variable that was ever set, as one JSON object of texts; null where none was. */
export const VARIABLES_SQL = 'SELECT json_object_agg(key, value) FROM variables';

/** SQL of a scalar: what gross is multiplied by to give the partner's part now, exact: 0.3 of 30 %. */
export const REVENUE_FACTOR_SQL = `
  SELECT coalesce(
    (SELECT value FROM variables WHERE key = 'partnerRevenueShare'), '${VARIABLE_DEFAULTS.partnerRevenueShare}'
  )::numeric * 0.01`;

/** Variables as VARIABLES_SQL gives them, with the defaults of those that are not there. */
export function variablesOf(stored: Readonly<Record<string, string>> | null): Variables {
  const values = { ...VARIABLE_DEFAULTS, ...stored };
  const share = parseRevenueShare(values.partnerRevenueShare);
  if (share === null) throw new Error(`The stored share "${values.partnerRevenueShare}" is no percentage.`);
  return {
    partnerRevenueShare: share,
    creditsPerUnit: microsFromNumeric(values.creditsPerUnit),
    currency: values.currency,
    timeZone: values.timeZone,
  };
}

/** Credits that one unit of money buys where nobody has ever set `creditsPerUnit`, in micros. */
export const CREDITS_PER_UNIT_DEFAULT: Micros = microsFromNumeric(VARIABLE_DEFAULTS.creditsPerUnit);

/** Reads the variables for other features, in their own transaction or snapshot where they give a manager. */
@Injectable()
export class VariablesService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The values in force now. */
  async current(manager: EntityManager = this.dataSource.manager): Promise<Variables> {
    const [row] = await manager.query<{ variables: Record<string, string> | null }[]>(
      `SELECT (${VARIABLES_SQL}) AS variables`,
    );
    return variablesOf(row?.variables ?? null);
  }

  /** Every value of `creditsPerUnit` that was ever set, oldest first: what prices a purchase that states no amount. */
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
