import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../../src/demo/platform/random.js';

const BEGIN_MS = Date.UTC(2025, 0, 1);
const STEP_MS = 617_000;

interface OldBalance {
  free: number;
  purchased: number;
}

interface OldDocument {
  readonly collection: 'deployments' | 'creditTransactions';
  readonly at_ms: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

interface OldDeployment {
  readonly id: string;
  readonly userId: string;
  readonly free: number;
  purchased: number;
}

/**
 * A typical platform before its migration: documents in a store, and balances as floating-point sums next to the
 * transactions. It spends free credits first and is independent of this service.
 */
export class OldPlatform {
  private readonly random = new Random(20_260_501);
  private readonly documents: OldDocument[] = [];
  private readonly history: { at_ms: number; userId: string; balance: OldBalance }[] = [];
  private readonly balances = new Map<string, OldBalance>();
  private readonly deployments: OldDeployment[] = [];
  private now_ms = BEGIN_MS;

  constructor(
    private readonly users: number,
    events: number,
  ) {
    for (let n = 0; n < events; n += 1) this.live();
  }

  /** The instant at which this fraction of all events has happened. */
  timeAt(part: number): string {
    return new Date(
      BEGIN_MS + Math.floor(((this.now_ms - BEGIN_MS) * part) / STEP_MS) * STEP_MS,
    ).toISOString();
  }

  /** Writes the content of the store at an instant, like its export. */
  export(folder: string, at: string): void {
    const at_ms = Date.parse(at);
    mkdirSync(folder, { recursive: true });
    const write = (collection: string, documents: readonly unknown[]): void =>
      writeFileSync(
        join(folder, `${collection}.ndjson`),
        documents.map((document) => `${JSON.stringify(document)}\n`).join(''),
      );
    write('users', [
      { _id: 'maker', role: 'PARTNER', freeCredits: 0, purchasedCredits: 0 },
      ...this.userIds().map((_id) => ({ _id, role: 'CUSTOMER', ...this.storedBalance(_id, at_ms) })),
    ]);
    write('modules', [
      { _id: 'maps', name: 'Maps', ownerId: 'maker', price: 99 },
      { _id: 'core', name: 'Core', ownerId: null, price: 99 },
    ]);
    for (const collection of ['deployments', 'creditTransactions'] as const) {
      const until = this.documents.filter((one) => one.collection === collection && one.at_ms <= at_ms);
      write(
        collection,
        until.map(({ fields }) => fields),
      );
    }
  }

  /** Writes the users' balances at an instant, according to the store, as opening balances. */
  openingBalances(folder: string, at: string): void {
    const lines = this.userIds().map((userId) => {
      const { freeCredits: free, purchasedCredits: purchased } = this.storedBalance(userId, Date.parse(at));
      return `${JSON.stringify({ userId, free, purchased, paid: purchased / 10, at })}\n`;
    });
    writeFileSync(join(folder, 'openingBalances.ndjson'), lines.join(''));
  }

  private userIds(): string[] {
    return Array.from({ length: this.users }, (_, n) => `u${n}`);
  }

  private storedBalance(userId: string, at_ms: number): { freeCredits: number; purchasedCredits: number } {
    const last = this.history.findLast((one) => one.userId === userId && one.at_ms <= at_ms);
    return { freeCredits: last?.balance.free ?? 0, purchasedCredits: last?.balance.purchased ?? 0 };
  }

  private live(): void {
    this.now_ms += STEP_MS;
    const { random } = this;
    const userId = `u${random.integer(0, this.users - 1)}`;
    const balance = this.balances.get(userId) ?? { free: 0, purchased: 0 };
    this.balances.set(userId, balance);
    const what = random.integer(1, 12);
    if (what <= 2) this.receive(userId, 'AWARD', balance);
    else if (what <= 5) this.receive(userId, 'PURCHASE', balance);
    else if (what <= 9) this.deploy(userId, balance);
    else if (what === 10) this.giveBack();
    else if (what === 11) this.spend(userId, balance);
    else this.adjust(userId, balance);
    for (const [id, { free, purchased }] of this.balances) {
      if (id === userId || what === 10) {
        this.history.push({ at_ms: this.now_ms, userId: id, balance: { free, purchased } });
      }
    }
  }

  private receive(userId: string, type: 'AWARD' | 'PURCHASE', balance: OldBalance): void {
    const amount = this.random.integer(1, 300) / 10;
    const isFirst = balance.free === 0 && balance.purchased === 0;
    if (type === 'AWARD') balance.free += amount;
    else balance.purchased += amount;
    const price = type === 'PURCHASE' ? { price: this.random.integer(0, 999) / 100 } : {};
    this.transact(userId, type === 'AWARD' && isFirst ? 'SIGNUP' : type, amount, price);
  }

  private deploy(userId: string, balance: OldBalance): void {
    const cost = this.random.integer(0, 80) / 10;
    if (cost > balance.free + balance.purchased) return;
    const id = `d${this.documents.length}`;
    const moduleId = this.random.pick(['maps', 'core']);
    this.deployments.push({ id, userId, ...take(balance, cost) });
    const createdAt = { $date: new Date(this.now_ms).toISOString() };
    this.store('deployments', { _id: id, userId, moduleId, createdAt });
    if (cost > 0) this.transact(userId, 'SPEND', -cost, { deploymentId: id });
  }

  /** Refunds a deployment: purchased credits were used last, so they return first. */
  private giveBack(): void {
    const deployment = this.deployments.find(({ purchased }) => purchased > 0);
    if (deployment === undefined) return;
    const balance = this.balances.get(deployment.userId) as OldBalance;
    balance.purchased += deployment.purchased;
    this.transact(deployment.userId, 'SPEND', deployment.purchased, {
      deploymentId: deployment.id,
      pool: 'PURCHASED',
    });
    deployment.purchased = 0;
  }

  private spend(userId: string, balance: OldBalance): void {
    const cost = this.random.integer(1, 50) / 10;
    if (cost > balance.free + balance.purchased) return;
    take(balance, cost);
    this.transact(userId, 'SPEND', -cost, { purpose: this.random.pick(['PROJECT', 'BUILD', 'OTHER']) });
  }

  private adjust(userId: string, balance: OldBalance): void {
    const amount = this.random.integer(1, 20) / 10;
    if (balance.free >= amount) {
      balance.free -= amount;
      this.transact(userId, 'AWARD', -amount, { note: 'Correction' });
    } else if (balance.purchased >= amount) {
      balance.purchased -= amount;
      this.transact(userId, 'PURCHASE', -amount, { note: 'Correction' });
    }
  }

  private transact(userId: string, type: string, amount: number, more: object): void {
    const createdAt = { $date: new Date(this.now_ms).toISOString() };
    this.store('creditTransactions', {
      _id: `t${this.documents.length}`,
      userId,
      type,
      amount,
      ...more,
      createdAt,
    });
  }

  private store(collection: OldDocument['collection'], fields: OldDocument['fields']): void {
    this.documents.push({ collection, at_ms: this.now_ms, fields });
  }
}

/** Takes credits from a balance, free ones first, and records how many of each. */
function take(balance: OldBalance, cost: number): OldBalance {
  const free = Math.min(balance.free, cost);
  const purchased = cost - free;
  balance.free -= free;
  balance.purchased -= purchased;
  return { free, purchased };
}
