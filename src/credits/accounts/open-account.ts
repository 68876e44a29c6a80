import { applyEntry, type Account, type Entry, type Posting } from '../../domain/index.js';
import {
  addAccountRows,
  emptyProjection,
  type DeployedModule,
  type ProjectionRows,
} from './projection-rows.js';
import { changeBetween, type StateChange } from './account-change.js';

/** A locked account to which entries are appended in memory, one after the other, before all of it is stored at once. */
export class OpenAccount {
  /** As it was before the first entry was appended. */
  private stored: ProjectionRows | undefined;
  private readonly deployedModules: Map<string, DeployedModule>;
  private readonly appended: Entry[] = [];

  /**
   * @param account as much of it as is loaded
   * @param storedEntries how many entries the user has
   * @param deployedModules of the deployments among the account's spends
   */
  constructor(
    readonly userId: string,
    readonly account: Account,
    private readonly storedEntries: number,
    deployedModules: ReadonlyMap<string, DeployedModule>,
  ) {
    this.deployedModules = new Map(deployedModules);
  }

  /** What is to join the ledger, in its order. */
  get entries(): readonly Entry[] {
    return this.appended;
  }

  /**
   * Applies the next entry of the user.
   *
   * @param partnerId of a deployment: whose its module is
   */
  append(entry: Entry, partnerId: string | null): Posting {
    this.stored ??= this.rows();
    const posting = applyEntry(this.account, entry);
    if (entry.type === 'deployment') {
      this.deployedModules.set(entry.id, { moduleId: entry.moduleId, partnerId });
    }
    this.appended.push(entry);
    return posting;
  }

  /** What of the stored state the entries appended so far change. */
  change(): StateChange {
    const rows = this.rows();
    return changeBetween(this.stored ?? rows, rows);
  }

  private rows(): ProjectionRows {
    const rows = emptyProjection();
    const { userId, deployedModules } = this;
    const entries = this.storedEntries + this.appended.length;
    addAccountRows(rows, { userId, entries, deployedModules }, this.account);
    return rows;
  }
}
