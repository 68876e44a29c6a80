import type { Instant, Micros } from '../../domain/index.js';
import { decimal, MODULES, SHOWN_PARTNER_ID, type DemoModule } from './catalogue.js';
import { Journal, type ImportRecord } from './journal.js';
import type { DemoCustomer } from './people.js';
import { choosePack } from './price-list.js';
import type { Random } from './random.js';
import { Agenda, DAY, DAYS, HOUR, MINUTE, SECOND, type Timeline } from './timeline.js';

const WELCOME_CREDITS = decimal('100');
const WELCOME_VALID_DAYS = 30;
const GOODWILL_CREDITS = decimal('12.345678');

/** Awards of free credits to many users, valid for a short time. */
const CAMPAIGNS = [
  { day: 52, credits: decimal('25'), validDays: 10, reason: 'Spring campaign' },
  { day: 140, credits: decimal('40'), validDays: 14, reason: 'キャンペーン, "summer"' },
  { day: 236, credits: decimal('30'), validDays: 7, reason: '=BackToWork()' },
  { day: 322, credits: decimal('50'), validDays: 21, reason: "Partners' week ✨" },
  { day: 356, credits: decimal('35'), validDays: 14, reason: 'One year 🎂' },
];

const REFUND_REASONS = [
  "Didn't fit, sorry",
  '"Wrong" module',
  'デモの間違い',
  'Deployed twice',
  'Θέλω τα χρήματά μου',
];

/** Why the money of purchases is taken back. */
const TAKEN_BACK = ['chargeback', 'chargeback', 'fraud', 'paymentFailed'] as const;

/** Partners who deploy their own modules, which cost them nothing. */
const OWN_DEPLOYERS = [SHOWN_PARTNER_ID, 'ohara'];

/** The probabilities of events. */
const OFTEN = {
  toldLate: 0.04,
  costLeftToLedger: 0.15,
  topUpFirst: 0.76,
  debtPaidLater: 0.15,
  debtLeftOpen: 0.05,
  refund: 0.03,
  wholeRefund: 0.55,
  purchaseRefund: 0.04,
  otherSpend: 0.06,
  goodwill: 0.004,
  joinsCampaign: 0.6,
} as const;

/** The year of the demo platform: customers sign up, get credits, buy, deploy, ask for refunds and come back. */
export class Year {
  private readonly agenda = new Agenda();
  private readonly journal: Journal;

  constructor(
    private readonly timeline: Timeline,
    private readonly customers: readonly DemoCustomer[],
    private readonly random: Random,
  ) {
    this.journal = new Journal(() =>
      this.random.chance(OFTEN.toldLate) ? BigInt(this.random.integer(1, 120)) * HOUR : 0n,
    );
  }

  /** All events of the year, as import lines in the order of recording. */
  tell(): ImportRecord[] {
    this.planAwards();
    for (let day = 0; day < DAYS; day += 1) this.planDay(day);
    this.agenda.runUntil(this.timeline.end);
    this.takeMoneyBack();
    return this.journal.records();
  }

  private planAwards(): void {
    for (const customer of this.customers) {
      this.agenda.add(this.timeline.momentOf(customer.fromDay, this.random), (at) => {
        const expiresAt = at + BigInt(WELCOME_VALID_DAYS) * DAY;
        this.journal.award(customer.id, at, WELCOME_CREDITS, { expiresAt, reason: 'Welcome!' });
      });
      for (const { day, credits, validDays, reason } of CAMPAIGNS) {
        if (customer.fromDay >= day || !this.random.chance(OFTEN.joinsCampaign)) continue;
        const expiresAt = this.timeline.start + BigInt(day + validDays) * DAY;
        this.agenda.add(this.timeline.start + BigInt(day) * DAY, (at) =>
          this.journal.award(customer.id, at, credits, { expiresAt, reason }),
        );
      }
    }
  }

  private planDay(day: number): void {
    const people = this.customers.filter(({ fromDay }) => fromDay < Math.max(day, 1));
    const modules = MODULES.filter(
      ({ fromDay, untilDay }) => fromDay <= day && (untilDay === null || day < untilDay),
    );
    const count = this.timeline.deploymentsOn(day, this.random);
    for (let number = 0; number < count; number += 1) {
      const customer = this.random.pickWeighted(people, ({ activity }) => activity);
      const module = this.random.pickWeighted(modules, ({ popularity }) => popularity);
      this.agenda.add(this.timeline.momentOf(day, this.random), (at) =>
        this.wantToDeploy(customer, module, at),
      );
      if (this.random.chance(OFTEN.otherSpend)) {
        this.agenda.add(this.timeline.momentOf(day, this.random), (at) => this.spendOtherwise(customer, at));
      }
    }
    if (day % 18 === 9) this.planOwnDeployment(day);
  }

  private planOwnDeployment(day: number): void {
    const partnerId = this.random.pick(OWN_DEPLOYERS);
    const own = MODULES.filter((module) => module.partnerId === partnerId && module.fromDay <= day);
    const module = this.random.pick(own);
    this.agenda.add(this.timeline.momentOf(day, this.random), (at) =>
      this.journal.deployment(partnerId, at, module, null),
    );
  }

  /**
   * Deploys if there are enough credits. Otherwise the customer buys credits first, goes into debt, or does not deploy.
   */
  private wantToDeploy(customer: DemoCustomer, module: DemoModule, at: Instant): void {
    const { free, purchased } = this.journal.available(customer.id, at);
    const available = module.requiresPurchasedCredits ? purchased : free + purchased;
    const missing = this.costOf(module, at) - available;
    if (missing <= 0n) {
      this.deploy(customer, module, at);
      return;
    }
    const mood = this.random.fraction();
    if (mood < OFTEN.topUpFirst) {
      this.topUp(customer, missing, at);
      const patience = BigInt(this.random.integer(20, 240)) * SECOND;
      this.agenda.add(at + patience, (later) => this.deploy(customer, module, later));
    } else if (mood < OFTEN.topUpFirst + OFTEN.debtPaidLater) {
      this.deploy(customer, module, at);
      const patience = BigInt(this.random.integer(20, 220)) * HOUR;
      this.agenda.add(at + patience, (later) => this.topUp(customer, this.journal.owes(customer.id), later));
    } else if (mood < OFTEN.topUpFirst + OFTEN.debtPaidLater + OFTEN.debtLeftOpen) {
      this.deploy(customer, module, at);
    }
  }

  private deploy(customer: DemoCustomer, module: DemoModule, at: Instant): void {
    const cost = this.costOf(module, at);
    const isLeftToLedger = cost === module.creditCost && this.random.chance(OFTEN.costLeftToLedger);
    const id = this.journal.deployment(customer.id, at, module, isLeftToLedger ? null : cost);
    if (this.random.chance(OFTEN.refund)) {
      const patience = BigInt(this.random.integer(8, 9_000)) * MINUTE;
      this.agenda.add(at + patience, (later) => this.refund(customer, id, later));
    }
  }

  private refund(customer: DemoCustomer, deploymentId: string, at: Instant): void {
    const left = this.journal.refundable(customer.id, deploymentId);
    const part = partOf(left, this.random);
    if (left === 0n) return;
    if (part === 0n || this.random.chance(OFTEN.wholeRefund)) {
      this.journal.refund(customer.id, at, deploymentId, null, this.random.pick(REFUND_REASONS));
      return;
    }
    this.journal.refund(customer.id, at, deploymentId, part);
    if (this.random.chance(0.25)) {
      this.agenda.add(at + 3n * DAY, (later) => this.refund(customer, deploymentId, later));
    }
  }

  private topUp(customer: DemoCustomer, missing: Micros, at: Instant): void {
    const pack = choosePack(customer.buys, missing, this.timeline.dayOf(at), this.random);
    const expiresAt = pack.validDays === null ? null : at + BigInt(pack.validDays) * DAY;
    const id = this.journal.purchase(customer.id, at, { ...pack, expiresAt });
    if (this.random.chance(OFTEN.purchaseRefund)) {
      const patience = BigInt(this.random.integer(1, 96)) * HOUR;
      this.agenda.add(at + patience, (later) => this.giveBack(customer, id, later));
    }
  }

  /** Refunds all or half of the remaining credits of a purchase for money. */
  private giveBack(customer: DemoCustomer, purchaseId: string, at: Instant): void {
    const left = this.journal.remaining(customer.id, purchaseId, at);
    if (left === 0n) return;
    this.journal.purchaseRefund(
      customer.id,
      at,
      purchaseId,
      this.random.chance(0.5) ? null : (left + 1n) / 2n,
    );
  }

  private spendOtherwise(customer: DemoCustomer, at: Instant): void {
    const { free, purchased } = this.journal.available(customer.id, at);
    if (this.random.chance(OFTEN.goodwill / OFTEN.otherSpend)) {
      this.journal.award(customer.id, at, GOODWILL_CREDITS, { reason: 'Sorry for the outage' });
    } else if (free + purchased >= decimal('20')) {
      const credits = decimal(this.random.pick(['2', '3.5', '5', '7.25', '12', '20']));
      this.journal.spend(customer.id, at, credits, this.random.pick(['project', 'build', 'build']));
    } else if (free > 0n) {
      this.journal.spend(customer.id, at, free, 'adjustment', 'free');
    } else if (purchased > 0n) {
      this.journal.spend(customer.id, at, purchased, 'adjustment', 'purchased');
    }
  }

  /** Some payments are taken back in the last hour, so that they change nobody's decisions; one dispute is won. */
  private takeMoneyBack(): void {
    const purchases = this.journal.reversible();
    for (const [index, cause] of TAKEN_BACK.entries()) {
      const purchase = purchases[Math.floor(((index + 1) * purchases.length) / (TAKEN_BACK.length + 1))];
      if (purchase === undefined) continue;
      const { userId, purchaseId } = purchase;
      const id = this.journal.purchaseReversal(userId, this.timeline.end - HOUR, purchaseId, cause);
      if (index === 0) this.journal.reversalRelease(userId, this.timeline.end - HOUR / 2n, id);
    }
  }

  private costOf(module: DemoModule, at: Instant): Micros {
    const { creditCost, earlierCost } = module;
    return earlierCost !== null && this.timeline.dayOf(at) < earlierCost.untilDay
      ? earlierCost.creditCost
      : creditCost;
  }
}

/** A quarter, two fifths or a half. */
function partOf(credits: Micros, random: Random): Micros {
  return (credits * BigInt(random.pick([25, 40, 50]))) / 100n;
}
