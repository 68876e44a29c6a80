import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { violatedConstraint } from '../platform/database/index.js';
import { refused, winnersOf, type RecordOutcome } from '../platform/recording/index.js';
import { UserDirectory } from '../users/index.js';
import {
  changed,
  differencesOf,
  heldFrom,
  partnerRefusal,
  refusalOf,
  refusalToName,
  refusalToTouch,
  type HeldModule,
  type ModuleChanges,
  type ModuleRecord,
  type ModulesWritable,
} from './module-record.js';
import { MODULES_PROBLEMS } from './modules.problems.js';
import { insertMissing, lockHeld, updateAll } from './persistence/module-rows.js';

/** What the writer wants. */
export interface ModuleRecording {
  /** Whether other content for a known id changes the module; else it is refused. */
  readonly update: boolean;
  /** Whose modules it may write. */
  readonly writable: ModulesWritable;
}

/** What is held of the modules of a batch as its records come by, and what is to be written of it at the end. */
interface Batch {
  readonly held: Map<string, HeldModule>;
  readonly writes: Map<string, HeldModule>;
  /** The users with the role partner among those whom the batch names. */
  readonly partners: ReadonlySet<string>;
  readonly writable: ModulesWritable;
  readonly manager: EntityManager;
}

/** The one place where modules are written down: for the routes and the import. */
@Injectable()
export class ModuleRecorder {
  constructor(private readonly users: UserDirectory) {}

  /**
   * Records a batch, set-based: a constant number of statements, but for the rare changes of a module's partner. Ids
   * may repeat: the first record of an id that is not refused by itself wins, and the same again is known.
   *
   * @param records at most 5,000
   * @param manager of a transaction (READ COMMITTED) in which the partners are recorded already
   * @returns what became of each record, in their order
   */
  async recordMany(
    records: readonly ModuleRecord[],
    recording: ModuleRecording,
    manager: EntityManager,
  ): Promise<RecordOutcome[]> {
    const { writable } = recording;
    const refusals = records.map(refusalOf);
    const partners = await this.users.partnersAmong(partnerIdsOf(records), manager);
    const held = await lockHeld(manager, [...new Set(records.map(({ id }) => id))]);
    const winners = winnersOf(records, (index) => {
      const record = records[index] as ModuleRecord;
      if (refusals[index] !== null) return false;
      return held.has(record.id) || refusalOfNew(record, { partners, writable }) === null;
    });
    const fresh = [...winners]
      .filter(([id]) => !held.has(id))
      .map(([, index]) => records[index] as ModuleRecord);
    const added = await insertMissing(manager, fresh.map(heldFrom));
    const overtaken = fresh.map(({ id }) => id).filter((id) => !added.has(id));
    for (const [id, module] of await lockHeld(manager, overtaken)) held.set(id, module);

    const batch: Batch = { held, writes: new Map(), partners, writable, manager };
    const outcomes: RecordOutcome[] = [];
    for (const [index, record] of records.entries()) {
      const isWinner = winners.get(record.id) === index;
      const refusal = refusals[index] ?? null;
      if (refusal === null && isWinner && added.has(record.id)) {
        held.set(record.id, heldFrom(record));
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
   * @param writable whose modules the caller may write
   * @param manager of a transaction
   * @returns `changed`, `known` where there was nothing to change, or a refusal
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
    const held = await lockHeld(manager, [id]);
    const module = held.get(id);
    if (!module) return refused(MODULES_PROBLEMS.NOT_FOUND, `There is no module ${id}.`);
    const denial = refusalToTouch(module, writable) ?? refusalToName(changes, writable);
    if (denial) return denial;
    const batch: Batch = { held, writes: new Map(), partners, writable, manager };
    const outcome = await change({ id, ...changes }, true, batch);
    await updateAll(manager, [...batch.writes.values()]);
    return outcome;
  }
}

/** What a well-formed record means to what is held of its module; notes the change, where there is one. */
async function change(
  record: ModuleChanges & { readonly id: string },
  update: boolean,
  batch: Batch,
): Promise<RecordOutcome> {
  const held = batch.held.get(record.id);
  // Not held, and no record of its id up to here could be a new module: so this one says why it cannot.
  if (!held) return refusalOfNew(record, batch) as RecordOutcome;
  const differences = differencesOf(record, held);
  if (differences.length === 0) return { outcome: 'known' };
  if (!update) return conflict(record.id, differences);
  const denial = refusalToTouch(held, batch.writable) ?? refusalToName(record, batch.writable);
  if (denial) return denial;
  const after = changed(held, record);
  if (after.partnerId === held.partnerId) {
    batch.writes.set(record.id, after);
  } else {
    const refusal = partnerRefusal(record, batch.partners) ?? (await handOver(after, batch.manager));
    if (refusal) return refusal;
  }
  batch.held.set(record.id, after);
  return { outcome: 'changed' };
}

/** Why a record cannot be a new module; null where it can. */
function refusalOfNew(
  record: ModuleChanges,
  { partners, writable }: Pick<Batch, 'partners' | 'writable'>,
): RecordOutcome | null {
  return refusalToName(record, writable) ?? partnerRefusal(record, partners);
}

/** Writes a module with another partner by itself, as the database refuses that once the module has deployments. */
async function handOver(module: HeldModule, manager: EntityManager): Promise<RecordOutcome | null> {
  try {
    await manager.transaction((savepoint) => updateAll(savepoint, [module]));
    return null;
  } catch (error) {
    if (violatedConstraint(error) !== 'modules_partner_is_frozen') throw error;
    return refused(
      MODULES_PROBLEMS.PARTNER_IS_FROZEN,
      `Module ${module.id} has deployments, so its partner cannot change; make a new module and archive this one.`,
    );
  }
}

function conflict(id: string, differences: readonly string[]): RecordOutcome {
  return refused(
    MODULES_PROBLEMS.CONFLICT,
    `Module ${id} is recorded with other content (${differences.join(', ')}); to change it, use PATCH /api/modules/${id} or import with update=true.`,
  );
}

function partnerIdsOf(records: readonly ModuleChanges[]): string[] {
  return [...new Set(records.flatMap(({ partnerId }) => (typeof partnerId === 'string' ? [partnerId] : [])))];
}
