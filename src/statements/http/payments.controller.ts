import { Body, Controller, Get, HttpStatus, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditedAs, CurrentWrite, Writes, type CurrentHttpWrite } from '../../audit/index.js';
import { Access, CurrentCaller, WritesMoney, type Caller } from '../../auth/index.js';
import { parseDecimal, parseInstant, type Instant } from '../../domain/index.js';
import { HonoursIdempotencyKey } from '../../platform/idempotency/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import { Problem } from '../../platform/problem/index.js';
import { PlatformIdParam, VALIDATION_PROBLEMS } from '../../platform/validation/index.js';
import { viewerOf } from '../../revenue/index.js';
import { Payments, type PaymentOrder } from '../payments/payments.service.js';
import { STATEMENTS_PROBLEMS } from '../statements.problems.js';
import { PaymentListDto, PaymentRequestDto, RecordedPaymentDto } from './dto/payment.dto.js';

const EXAMPLE_ID = { example: 'acme.2026-01' };
const EXAMPLES = {
  payment: {
    value: {
      externalId: 'transfer_2026_02_acme',
      amount: '1',
      paidAt: '2026-02-05T10:00:00Z',
      reference: 'bank transfer of February',
    },
  },
  reversal: {
    value: {
      externalId: 'transfer_2026_02_acme_back',
      reverses: 'transfer_2026_02_acme',
      paidAt: '2026-02-06T10:00:00Z',
    },
  },
};

/** Payments of statements. */
@ApiTags('statements')
@Controller('api/statements/:id/payments')
export class PaymentsController {
  constructor(
    private readonly payments: Payments,
    private readonly writes: Writes,
  ) {}

  /** Lists the payments and reversals of a statement, the oldest first. */
  @Get()
  @Access('partner', 'finance', 'admin')
  @ApiOkResponse({ description: 'The payments.', type: PaymentListDto })
  @ApiProblems(STATEMENTS_PROBLEMS.NOT_FOUND)
  async listPayments(
    @PlatformIdParam('id', EXAMPLE_ID) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<PaymentListDto> {
    return { data: await this.payments.list(id, viewerOf(caller)) };
  }

  /**
   * Records that a statement was paid, in whole or in part, or with `reverses` that a payment was taken back. Payments
   * never change; a mistake is reversed. A repeated request answers 200 and records nothing.
   */
  @Post()
  @Access('finance', 'admin')
  @WritesMoney()
  @AuditedAs('statements.pay', 'payment')
  @HonoursIdempotencyKey()
  @ApiBody({ type: PaymentRequestDto, examples: EXAMPLES })
  @ApiCreatedResponse({ description: 'The payment is recorded now.', type: RecordedPaymentDto })
  @ApiOkResponse({ description: 'The payment was recorded before.', type: RecordedPaymentDto })
  @ApiProblems(
    VALIDATION_PROBLEMS.INVALID,
    STATEMENTS_PROBLEMS.NOT_FOUND,
    STATEMENTS_PROBLEMS.OWN_INTEREST,
    STATEMENTS_PROBLEMS.TOO_MANY_PLACES,
    STATEMENTS_PROBLEMS.MORE_THAN_OPEN,
    STATEMENTS_PROBLEMS.NOTHING_OPEN,
    STATEMENTS_PROBLEMS.PAID_AHEAD,
    STATEMENTS_PROBLEMS.UNKNOWN_PAYMENT,
    STATEMENTS_PROBLEMS.ALREADY_REVERSED,
    STATEMENTS_PROBLEMS.PAYMENT_CONFLICT,
  )
  recordPayment(
    @PlatformIdParam('id', EXAMPLE_ID) id: string,
    @Body() body: PaymentRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<RecordedPaymentDto> {
    const order = orderOf(body);
    return this.writes.answer({ ...write, line: `statement ${id}` }, async (manager) => {
      const { payment, statement, isNew } = await this.payments.record(id, order, caller, manager);
      const { externalId, amount, reverses } = payment;
      return {
        status: isNew ? HttpStatus.CREATED : HttpStatus.OK,
        body: { payment, statement },
        outcome: isNew ? 'done' : 'known',
        targetId: externalId,
        details: { statement: id, amount, ...(reverses === null ? {} : { reverses }) },
        personId: statement.partnerId,
      };
    });
  }
}

function orderOf({ externalId, amount, reverses, paidAt, reference }: PaymentRequestDto): PaymentOrder {
  if (reverses !== undefined) {
    const given = Object.entries({ amount, reference }).filter(([, value]) => value !== undefined);
    const errors = given.map(([field]) => ({
      field,
      message: 'is not for a reversal, which takes back a whole payment',
    }));
    const [first] = errors;
    if (first !== undefined) {
      throw new Problem(VALIDATION_PROBLEMS.INVALID, `${first.field} ${first.message}.`, { errors });
    }
  }
  return {
    externalId: externalId ?? null,
    amount: amount === undefined ? null : parseDecimal(amount),
    reverses: reverses ?? null,
    paidAt: parseInstant(paidAt) as Instant,
    reference: reference ?? null,
  };
}
