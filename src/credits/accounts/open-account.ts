import { applyEntry, figuresOf, type Account, type Entry, type Posting } from '../../domain/index.js';
import {
  addAccountRows,
  emptyProjection,
  type DeployedModule,
  type ProjectionRows,
} from './projection-rows.js';
import { GrossByModule } from './gross-by-module.js';
import { changeBetween, type StateChange } from './account-change.js';

/** A locked account. Entries are appended to it in memory, one after the other; then all changes are stored at once. */
export class OpenAccount {
  /** The rows before the first entry was appended. */
  private stored: ProjectionRows | undefined;
  private readonly deployedModules: Map<string, DeployedModule>;
  private readonly appended: Entry[] = [];

  /**
   * @param account the loaded part of the account
   * @param storedEntries number of the user's entries
   * @param deployedModules modules of the account's deployments, by deployment id
   */
  constructor(
    readonly userId: string,
    readonly account: Account,
    private readonly storedEntries: number,
    deployedModules: ReadonlyMap<string, DeployedModule>,
  ) {
    this.deployedModules = new Map(deployedModules);
  }

  /** The appended entries, in the ledger's order. */
  get entries(): readonly Entry[] {
    return this.appended;
  }

  /**
   * Applies the next entry of the user.
   *
   * @param partnerId for a deployment: the partner of its module
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

  /** Compares the stored rows with those after the appended entries. */
  change(): StateChange {
    const rows = this.rows();
    return changeBetween(this.stored ?? rows, rows);
  }

  /** The modules of loaded deployments. */
  modulesOf(deploymentIds: readonly string[]): DeployedModule[] {
    return deploymentIds.flatMap((id) => this.deployedModules.get(id) ?? []);
  }

  /** The gross revenue of the loaded deployments, which are all that the next entry can change. */
  grossByModule(): GrossByModule {
    const gross = new GrossByModule();
    for (const spend of this.account.spends.values()) {
      const module = spend.type === 'deployment' ? this.deployedModules.get(spend.id) : undefined;
      if (module !== undefined) gross.add(module, figuresOf(spend).grossValue);
    }
    return gross;
  }

  private rows(): ProjectionRows {
    const rows = emptyProjection();
    const { userId, deployedModules } = this;
    const entries = this.storedEntries + this.appended.length;
    addAccountRows(rows, { userId, entries, deployedModules }, this.account);
    return rows;
  }
}
