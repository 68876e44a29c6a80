import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { violatedConstraint } from '../platform/database/index.js';
import { refused, winnersOf, type RecordOutcome } from '../platform/recording/index.js';
import { UserDirectory } from '../users/index.js';
import {
  changed,
  differencesOf,
  storedFrom,
  partnerRefusal,
  refusalOf,
  refusalToSetPartner,
  refusalToChange,
  type StoredModule,
  type ModuleChanges,
  type ModuleRecord,
  type ModulesWritable,
} from './module-record.js';
import { MODULES_PROBLEMS } from './modules.problems.js';
import { insertMissing, lockStored, updateAll } from './persistence/module-rows.js';

/** Options for recording modules. */
export interface ModuleRecording {
  /** Whether other content for a known id changes the module; otherwise it is refused. */
  readonly update: boolean;
  /** The modules that the caller can change. */
  readonly writable: ModulesWritable;
}

/** The modules of a batch, with the changes of the records so far, and those to write at the end. */
interface Batch {
  readonly stored: Map<string, StoredModule>;
  readonly writes: Map<string, StoredModule>;
  /** Those users of the batch who have the role partner. */
  readonly partners: ReadonlySet<string>;
  readonly writable: ModulesWritable;
  readonly manager: EntityManager;
}

/** Records modules for the routes and the import. No other code writes them. */
@Injectable()
export class ModuleRecorder {
  constructor(private readonly users: UserDirectory) {}

  /**
   * Records a batch with a constant number of statements, plus one for each change of a module's partner, which is
   * rare. Ids can repeat: the first valid record of an id is recorded, and later ones with the same content are known.
   *
   * @param records at most 5,000
   * @param manager of a transaction (READ COMMITTED) in which the partners are already recorded
   * @returns the outcome of each record, in their order
   */
  async recordMany(
    records: readonly ModuleRecord[],
    recording: ModuleRecording,
    manager: EntityManager,
  ): Promise<RecordOutcome[]> {
    const { writable } = recording;
    const refusals = records.map(refusalOf);
    const partners = await this.users.partnersAmong(partnerIdsOf(records), manager);
    const stored = await lockStored(manager, [...new Set(records.map(({ id }) => id))]);
    const winners = winnersOf(records, (index) => {
      const record = records[index] as ModuleRecord;
      if (refusals[index] !== null) return false;
      return stored.has(record.id) || refusalOfNew(record, { partners, writable }) === null;
    });
    const fresh = [...winners]
      .filter(([id]) => !stored.has(id))
      .map(([, index]) => records[index] as ModuleRecord);
    const added = await insertMissing(manager, fresh.map(storedFrom));
    const overtaken = fresh.map(({ id }) => id).filter((id) => !added.has(id));
    for (const [id, module] of await lockStored(manager, overtaken)) stored.set(id, module);

    const batch: Batch = { stored, writes: new Map(), partners, writable, manager };
    const outcomes: RecordOutcome[] = [];
    for (const [index, record] of records.entries()) {
      const isWinner = winners.get(record.id) === index;
      const refusal = refusals[index] ?? null;
      if (refusal === null && isWinner && added.has(record.id)) {
        stored.set(record.id, storedFrom(record));
        outcomes.push({ outcome: 'added' });
      } else {
        outcomes.push(refusal ?? (await change(record, recording.update && isWinner, batch)));
      }
    }
    await updateAll(manager, [...batch.writes.values()]);
    return outcomes;
  }

  /**
   * Changes one module.
   *
   * @param writable the modules that the caller can change
   * @param manager of a transaction
   * @returns `changed`, `known` if nothing was to be changed, or a refusal
   */
  async edit(
    id: string,
    changes: ModuleChanges,
    writable: ModulesWritable,
    manager: EntityManager,
  ): Promise<RecordOutcome> {
    const refusal = refusalOf(changes);
    if (refusal) return refusal;
    const partners = await this.users.partnersAmong(partnerIdsOf([changes]), manager);
    const stored = await lockStored(manager, [id]);
    const module = stored.get(id);
    if (!module) return refused(MODULES_PROBLEMS.NOT_FOUND, `There is no module ${id}.`);
    const denial = refusalToChange(module, writable) ?? refusalToSetPartner(changes, writable);
    if (denial) return denial;
    const batch: Batch = { stored, writes: new Map(), partners, writable, manager };
    const outcome = await change({ id, ...changes }, true, batch);
    await updateAll(manager, [...batch.writes.values()]);
    return outcome;
  }
}

/** Applies a valid record to its stored module, and collects the change for the end of the batch. */
async function change(
  record: ModuleChanges & { readonly id: string },
  update: boolean,
  batch: Batch,
): Promise<RecordOutcome> {
  const stored = batch.stored.get(record.id);
  // No record of this id so far could be recorded as a new module, so this one is refused as a new module too.
  if (!stored) return refusalOfNew(record, batch) as RecordOutcome;
  const differences = differencesOf(record, stored);
  if (differences.length === 0) return { outcome: 'known' };
  if (!update) return conflict(record.id, differences);
  const denial = refusalToChange(stored, batch.writable) ?? refusalToSetPartner(record, batch.writable);
  if (denial) return denial;
  const after = changed(stored, record);
  if (after.partnerId === stored.partnerId) {
    batch.writes.set(record.id, after);
  } else {
    const refusal = partnerRefusal(record, batch.partners) ?? (await changePartner(after, batch.manager));
    if (refusal) return refusal;
  }
  batch.stored.set(record.id, after);
  return { outcome: 'changed' };
}

/** The refusal of a record as a new module; null if it can be recorded. */
function refusalOfNew(
  record: ModuleChanges,
  { partners, writable }: Pick<Batch, 'partners' | 'writable'>,
): RecordOutcome | null {
  return refusalToSetPartner(record, writable) ?? partnerRefusal(record, partners);
}

/** Changes the partner of one module in a savepoint, because the database refuses that if there are deployments. */
async function changePartner(module: StoredModule, manager: EntityManager): Promise<RecordOutcome | null> {
  try {
    await manager.transaction((savepoint) => updateAll(savepoint, [module]));
    return null;
  } catch (error) {
    if (violatedConstraint(error) !== 'modules_partner_is_frozen') throw error;
    return refused(
      MODULES_PROBLEMS.PARTNER_IS_FROZEN,
      `Module ${module.id} has deployments, so its partner cannot change. Publish a new module and archive this one.`,
    );
  }
}

function conflict(id: string, differences: readonly string[]): RecordOutcome {
  return refused(
    MODULES_PROBLEMS.CONFLICT,
    `Module ${id} is recorded with other content (${differences.join(', ')}). To change it, use PATCH /api/modules/${id} or import with update=true.`,
  );
}

function partnerIdsOf(records: readonly ModuleChanges[]): string[] {
  return [...new Set(records.flatMap(({ partnerId }) => (typeof partnerId === 'string' ? [partnerId] : [])))];
}
