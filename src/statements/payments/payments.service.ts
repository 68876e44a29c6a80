import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as timeOrderedUuid } from 'uuid';
import type { Caller } from '../../auth/index.js';
import {
  formatDecimal,
  formatInstant,
  formatRevenue,
  minorUnitOf,
  parseInstant,
  revenueFromNumeric,
  type Instant,
  type Micros,
  type Revenue,
} from '../../domain/index.js';
import { epochMicrosOf, instantFromPostgres } from '../../platform/database/index.js';
import { Problem } from '../../platform/problem/index.js';
import type { Viewer } from '../../revenue/index.js';
import { PersonalTexts } from '../../users/index.js';
import { findStatement } from '../queries/find-statement.js';
import { publicStatement, type Statement, type StoredStatement } from '../queries/statement.js';
import { STATEMENTS_PROBLEMS } from '../statements.problems.js';

/** A payment of a statement, or a reversal. */
export interface Payment {
  readonly externalId: string;
  readonly statementId: string;
  readonly amount: string;
  /** The payment that it takes back; null for a payment. */
  readonly reverses: string | null;
  /** The reversal that took it back; null if there is none. */
  readonly reversedBy: string | null;
  readonly paidAt: string;
  readonly recordedAt: string;
  readonly reference: string | null;
}

/** A request to record a payment, or with `reverses` a reversal. */
export interface PaymentOrder {
  readonly externalId: string | null;
  /** Null: all that is open. */
  readonly amount: Micros | null;
  readonly reverses: string | null;
  readonly paidAt: Instant;
  readonly reference: string | null;
}

/** A recorded payment, the statement after it, and whether this request recorded it. */
export interface RecordedPayment {
  readonly payment: Payment;
  readonly statement: Statement;
  readonly isNew: boolean;
}

const EVERYBODY: Viewer = { kind: 'everybody' };
/** First key of the advisory lock of a statement's payments; the second is a hash of its id. */
const PAYMENTS_LOCK = 7_105_721;
const SOURCE = 'payment';
/** Clocks differ a little, as in docs/rules.md, "Entries". */
const AHEAD_MAX_MICROS = 5_000_000n;
const REVENUE_PER_MICRO = 1_000_000n;

/** Records payments of statements. */
@Injectable()
export class Payments {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly texts: PersonalTexts,
  ) {}

  /** The payments and reversals of a statement, the oldest first. @throws Problem STATEMENTS.NOT_FOUND */
  async list(statementId: string, viewer: Viewer): Promise<Payment[]> {
    const { manager } = this.dataSource;
    const statement = await findStatement(statementId, viewer, manager);
    return this.read(statement, null, manager);
  }

  /**
   * Records a payment or a reversal. A repeated request changes nothing.
   *
   * @param manager of the transaction
   * @throws Problem of STATEMENTS_PROBLEMS
   */
  async record(
    statementId: string,
    order: PaymentOrder,
    caller: Pick<Caller, 'id'>,
    manager: EntityManager,
  ): Promise<RecordedPayment> {
    // One payment of a statement at a time: what is open must not change before the payment is stored.
    await manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [PAYMENTS_LOCK, statementId]);
    const statement = await findStatement(statementId, EVERYBODY, manager);
    if (statement.partnerId === caller.id) {
      throw new Problem(
        STATEMENTS_PROBLEMS.OWN_INTEREST,
        'You cannot record payments of your own statements. Another caller must record them.',
      );
    }
    const known = order.externalId === null ? undefined : await this.find(order.externalId, manager);
    if (known !== undefined) {
      assertSame(order, known, statementId);
      return { payment: known, statement: publicStatement(statement), isNew: false };
    }
    await assertNotAhead(order.paidAt, manager);
    const amount =
      order.reverses === null
        ? payableAmount(order.amount, statement)
        : (await this.reversible(order.reverses, statement, manager)).amount;
    const externalId = order.externalId ?? timeOrderedUuid();
    await manager.query(
      `INSERT INTO payments (external_id, statement_no, amount, reverses, paid_at) VALUES ($1, $2, $3, $4, $5)`,
      [externalId, statement.no, amount, order.reverses, formatInstant(order.paidAt)],
    );
    if (order.reference !== null) {
      const text = { userId: statement.partnerId, sourceId: externalId, text: order.reference };
      await this.texts.recordMany(SOURCE, [text], manager);
    }
    const [payment] = await this.read(statement, externalId, manager);
    const after = await findStatement(statementId, EVERYBODY, manager);
    return { payment: payment as Payment, statement: publicStatement(after), isNew: true };
  }

  private async find(externalId: string, manager: EntityManager): Promise<Payment | undefined> {
    const [row] = await manager.query<{ id: string }[]>(
      `SELECT statement.id FROM payments JOIN statements AS statement ON statement.no = statement_no
        WHERE external_id = $1`,
      [externalId],
    );
    if (row === undefined) return undefined;
    const statement = await findStatement(row.id, EVERYBODY, manager);
    const [payment] = await this.read(statement, externalId, manager);
    return payment;
  }

  private async reversible(
    reverses: string,
    statement: StoredStatement,
    manager: EntityManager,
  ): Promise<Payment> {
    const [payment] = await this.read(statement, reverses, manager);
    if (payment === undefined || payment.reverses !== null) {
      throw new Problem(
        STATEMENTS_PROBLEMS.UNKNOWN_PAYMENT,
        `Statement ${statement.id} has no payment ${reverses}. Name a payment of this statement; a reversal cannot be reversed.`,
      );
    }
    if (payment.reversedBy === null) return payment;
    throw new Problem(
      STATEMENTS_PROBLEMS.ALREADY_REVERSED,
      `Payment ${reverses} is reversed already, by ${payment.reversedBy}.`,
    );
  }

  private async read(
    statement: StoredStatement,
    externalId: string | null,
    manager: EntityManager,
  ): Promise<Payment[]> {
    const rows = await manager.query<Omit<Payment, 'statementId' | 'reference'>[]>(
      `SELECT payment.external_id AS "externalId", trim_scale(payment.amount)::text AS amount, payment.reverses,
              reversal.external_id AS "reversedBy", payment.paid_at AS "paidAt", payment.recorded_at AS "recordedAt"
         FROM payments AS payment LEFT JOIN payments AS reversal ON reversal.reverses = payment.external_id
        WHERE payment.statement_no = $1 AND ($2::text IS NULL OR payment.external_id = $2)
        ORDER BY payment.sequence`,
      [statement.no, externalId],
    );
    const texts = await this.texts.find(
      SOURCE,
      rows.map((row) => row.externalId),
      manager,
    );
    return rows.map((row) => ({
      ...row,
      statementId: statement.id,
      paidAt: instantFromPostgres(row.paidAt),
      recordedAt: instantFromPostgres(row.recordedAt),
      reference: texts.get(row.externalId) ?? null,
    }));
  }
}

/** @returns a canonical decimal */
function payableAmount(amount: Micros | null, { open, currencyMinorUnit, id }: StoredStatement): string {
  const left = revenueFromNumeric(open);
  const wanted: Revenue = amount === null ? left : amount * REVENUE_PER_MICRO;
  if (wanted % minorUnitOf(currencyMinorUnit) !== 0n) {
    throw new Problem(
      STATEMENTS_PROBLEMS.TOO_MANY_PLACES,
      `amount must have at most ${currencyMinorUnit} decimal places, like the currency of the statement.`,
    );
  }
  if (left === 0n) {
    throw new Problem(STATEMENTS_PROBLEMS.NOTHING_OPEN, `Nothing is open on statement ${id}.`);
  }
  if (wanted > left) {
    throw new Problem(
      STATEMENTS_PROBLEMS.MORE_THAN_OPEN,
      `The amount ${formatRevenue(wanted)} is more than what is open on statement ${id}: ${open}. Send at most this amount.`,
      { extra: { open } },
    );
  }
  return formatRevenue(wanted);
}

function assertSame(order: PaymentOrder, known: Payment, statementId: string): void {
  const isSame =
    known.statementId === statementId &&
    known.reverses === order.reverses &&
    (order.amount === null || formatDecimal(order.amount) === known.amount) &&
    parseInstant(known.paidAt) === order.paidAt;
  if (isSame) return;
  throw new Problem(
    STATEMENTS_PROBLEMS.PAYMENT_CONFLICT,
    `Payment ${known.externalId} was recorded with other content. Send the new payment with another id.`,
  );
}

async function assertNotAhead(paidAt: Instant, manager: EntityManager): Promise<void> {
  const [row] = await manager.query<{ now: string }[]>(`SELECT ${epochMicrosOf('clock_timestamp()')} AS now`);
  if (paidAt <= BigInt(row?.now ?? 0) + AHEAD_MAX_MICROS) return;
  throw new Problem(
    STATEMENTS_PROBLEMS.PAID_AHEAD,
    `paidAt ${formatInstant(paidAt)} is in the future. Record the payment when it is made.`,
  );
}
