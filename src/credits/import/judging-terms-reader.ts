import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../auth/index.js';
import { CREDITS_PER_UNIT_DEFAULT, VariablesService } from '../../variables/index.js';
import { microsOf } from '../persistence/entry-row.js';
import type { JudgingTerms } from './judge-lines.js';

/** Reads what is the same for all lines of an import: the database's clock, prices in force, and who imports. */
@Injectable()
export class JudgingTermsReader {
  constructor(private readonly variables: VariablesService) {}

  async read(importer: Caller | null, manager: EntityManager): Promise<JudgingTerms> {
    const [clock] = await manager.query<{ now: string }[]>(`SELECT ${microsOf('clock_timestamp()')} AS now`);
    const creditsPerUnitChanges = await this.variables.creditsPerUnitChanges(manager);
    const importerIds =
      importer === null ? [] : [importer.id, ...(importer.partnerId === null ? [] : [importer.partnerId])];
    return {
      now: BigInt(clock?.now ?? 0),
      importerIds: new Set(importerIds),
      creditsPerUnitChanges,
      creditsPerUnitDefault: CREDITS_PER_UNIT_DEFAULT,
    };
  }
}
