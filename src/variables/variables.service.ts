import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import {
  microsFromNumeric,
  type CreditsPerUnitChange,
  type Micros,
  type ShareTimeline,
} from '../domain/index.js';
import { epochMicrosOf } from '../platform/database/index.js';
import { timelineOf, type StoredShare } from './share-value.js';
import type { VariableKey } from './variable-key.js';
import { VARIABLE_DEFAULTS } from './variable-value.js';

/** The values of all variables at one time, converted for computing. */
export interface Variables {
  /** The partners' percentage of gross revenue, over all time. */
  readonly shares: ShareTimeline;
  /** Credits that one unit of money buys, in micros. */
  readonly creditsPerUnit: Micros;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA name. */
  readonly timeZone: string;
  /** The smallest amount that is paid. */
  readonly minimumPayout: Micros;
}

/** The result of VARIABLES_SQL: texts, and the steps of the share if there are several. Null: no rows. */
export type StoredVariables = Partial<
  Readonly<Record<Exclude<VariableKey, 'partnerRevenueShare'>, string> & { partnerRevenueShare: StoredShare }>
> | null;

/** SQL of a scalar: all rows as one JSON object; null if there are none. */
export const VARIABLES_SQL =
  'SELECT json_object_agg(key, coalesce(timeline, to_jsonb(value))) FROM variables';

/** Converts the result of VARIABLES_SQL; variables without a row get their defaults. */
export function variablesOf(stored: StoredVariables): Variables {
  const values = { ...VARIABLE_DEFAULTS, ...stored };
  const { partnerRevenueShare, creditsPerUnit, currency, timeZone, minimumPayout } = values;
  return {
    shares: timelineOf(partnerRevenueShare),
    creditsPerUnit: microsFromNumeric(creditsPerUnit),
    currency,
    timeZone,
    minimumPayout: microsFromNumeric(minimumPayout),
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
    const [row] = await manager.query<{ variables: StoredVariables }[]>(
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
