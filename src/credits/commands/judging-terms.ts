import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../auth/index.js';
import type { Instant } from '../../domain/index.js';
import { epochMicrosOf } from '../../platform/database/index.js';
import { CREDITS_PER_UNIT_DEFAULT, VariablesService } from '../../variables/index.js';
import type { JudgingTerms } from './candidate.js';
import type { PriceTerms } from './purchase.js';

/** Reads the terms for all commands of an import: the database's clock, the prices in force and the caller's ids. */
@Injectable()
export class JudgingTermsReader {
  constructor(private readonly variables: VariablesService) {}

  async read(caller: Caller | null, manager: EntityManager): Promise<JudgingTerms> {
    return {
      now: await databaseClock(manager),
      callerIds: caller === null ? new Set() : idsOf(caller),
      ...(await this.prices(manager)),
    };
  }

  /** Reads the prices that a purchase without an amount freezes. */
  async prices(manager: EntityManager): Promise<PriceTerms> {
    return {
      creditsPerUnitChanges: await this.variables.creditsPerUnitChanges(manager),
      creditsPerUnitDefault: CREDITS_PER_UNIT_DEFAULT,
    };
  }
}

/** Reads the database's clock. Given times are compared with it. */
export async function databaseClock(manager: EntityManager): Promise<Instant> {
  const [clock] = await manager.query<{ now: string }[]>(
    `SELECT ${epochMicrosOf('clock_timestamp()')} AS now`,
  );
  if (clock === undefined) throw new Error('The query for clock_timestamp() returned no row.');
  return BigInt(clock.now);
}

/** Returns the caller's ids as user and as partner. */
export function idsOf(caller: Caller): ReadonlySet<string> {
  return new Set(caller.partnerId === null ? [caller.id] : [caller.id, caller.partnerId]);
}
