import { applyEntry, compareEntries, emptyAccount, type Account, type Entry } from '../../domain/index.js';
import type { LedgerTaker } from '../ledger/ledger-copy.js';
import type { DeployedModule, ProjectionSubject } from '../accounts/projection-rows.js';

/** A user whose last entry has been folded. */
export type FoldedUser = (subject: ProjectionSubject, account: Account) => void;

/** Folds users one after the other as their entries come, and hands each on when the next begins. */
export class UserFolds implements Pick<LedgerTaker, 'take'> {
  private user: Folding | null = null;
  /** One object for all deployments of a module. */
  private readonly modules = new Map<string, DeployedModule>();

  /**
   * @param partners of every module: whose it is, null for the platform
   * @param onUser told of each user that is done
   */
  constructor(
    private readonly partners: ReadonlyMap<string, string | null>,
    private readonly onUser: FoldedUser,
  ) {}

  /** @throws HistoryError where the user's history cannot be folded */
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

  /** Hands on the last user, once all entries were taken. */
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
  /** Entries of one instant, which the domain puts in order. */
  moment: Entry[];
}

function applyMoment(user: Folding): void {
  const { moment, account } = user;
  if (moment.length > 1) moment.sort(compareEntries);
  for (const entry of moment) applyEntry(account, entry);
  user.moment = [];
}
