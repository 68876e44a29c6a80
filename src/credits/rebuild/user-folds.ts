import { applyEntry, compareEntries, emptyAccount, type Account, type Entry } from '../../domain/index.js';
import type { LedgerReceiver } from '../ledger/ledger-copy.js';
import type { DeployedModule, ProjectionSubject } from '../accounts/projection-rows.js';

/** Receives a user after the last entry was folded. */
export type FoldedUser = (subject: ProjectionSubject, account: Account) => void;

/** Folds entries that arrive user by user, and passes each finished user on when the next one begins. */
export class UserFolds implements Pick<LedgerReceiver, 'take'> {
  private user: Folding | null = null;
  /** One object for all deployments of a module. */
  private readonly modules = new Map<string, DeployedModule>();

  /**
   * @param partners the partner of each module; null for the platform's modules
   * @param onUser called for each finished user
   */
  constructor(
    private readonly partners: ReadonlyMap<string, string | null>,
    private readonly onUser: FoldedUser,
  ) {}

  /** @throws HistoryError if the user's history cannot be folded */
  take(userId: string, entry: Entry): void {
    if (this.user?.userId !== userId) {
      this.finish();
      this.user = { userId, entries: 0, deployedModules: new Map(), account: emptyAccount(), moment: [] };
    }
    const user = this.user;
    if (user.moment.length > 0 && user.moment[0]?.occurredAt !== entry.occurredAt) applyMoment(user);
    user.moment.push(entry);
    user.entries += 1;
    if (entry.type === 'deployment') user.deployedModules.set(entry.id, this.moduleOf(entry.moduleId));
  }

  /** Passes on the last user, after all entries. */
  finish(): void {
    const { user } = this;
    if (user === null) return;
    this.user = null;
    applyMoment(user);
    this.onUser(user, user.account);
  }

  private moduleOf(moduleId: string): DeployedModule {
    let module = this.modules.get(moduleId);
    if (module === undefined) {
      module = { moduleId, partnerId: this.partners.get(moduleId) ?? null };
      this.modules.set(moduleId, module);
    }
    return module;
  }
}

interface Folding extends ProjectionSubject {
  entries: number;
  readonly deployedModules: Map<string, DeployedModule>;
  readonly account: Account;
  /** Entries of one instant, to be sorted by the domain. */
  moment: Entry[];
}

function applyMoment(user: Folding): void {
  const { moment, account } = user;
  if (moment.length > 1) moment.sort(compareEntries);
  for (const entry of moment) applyEntry(account, entry);
  user.moment = [];
}
