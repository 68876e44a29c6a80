import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../auth/index.js';
import type { Instant } from '../../domain/index.js';
import { epochMicrosOf } from '../../platform/database/index.js';
import { CREDITS_PER_UNIT_DEFAULT, VariablesService } from '../../variables/index.js';
import type { JudgingTerms } from './candidate.js';
import type { PriceTerms } from './purchase.js';

/** Reads what is the same for all commands of an import: the database's clock, the prices in force, and the caller. */
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

  /** What a purchase freezes where it does not say what was paid. */
  async prices(manager: EntityManager): Promise<PriceTerms> {
    return {
      creditsPerUnitChanges: await this.variables.creditsPerUnitChanges(manager),
      creditsPerUnitDefault: CREDITS_PER_UNIT_DEFAULT,
    };
  }
}

/** The clock that stated times are judged by. */
export async function databaseClock(manager: EntityManager): Promise<Instant> {
  const [clock] = await manager.query<{ now: string }[]>(
    `SELECT ${epochMicrosOf('clock_timestamp()')} AS now`,
  );
  if (clock === undefined) throw new Error('The database did not tell the time.');
  return BigInt(clock.now);
}

/** A caller as user and as partner. */
export function idsOf(caller: Caller): ReadonlySet<string> {
  return new Set(caller.partnerId === null ? [caller.id] : [caller.id, caller.partnerId]);
}
