import { Body, Controller, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditedAs, CurrentWrite, type CurrentHttpWrite } from '../../audit/index.js';
import { Access, CurrentCaller, WritesMoney, type Caller } from '../../auth/index.js';
import { HonoursIdempotencyKey } from '../../platform/idempotency/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import { PlatformIdParam } from '../../platform/validation/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';
import { AwardDto, CreateAwardRequestDto, awardAnswer } from './dto/award.dto.js';
import {
  assertWholeOriginal,
  CreatePurchaseRequestDto,
  PurchaseDto,
  purchaseAnswer,
} from './dto/purchase.dto.js';
import { PreviewRequestDto } from './dto/preview.dto.js';
import { CreateSpendRequestDto, SpendDto, spendAnswer } from './dto/spend.dto.js';
import { PurchaseRefundDto, RefundRequestDto, purchaseRefundAnswer } from './dto/refund.dto.js';
import { commandOfBody } from '../commands/entry-command.js';
import { entryRequest, refundedUser } from '../commands/entry-request.js';
import { EntryWrites } from '../commands/entry-writes.js';
import type { Recorded } from '../commands/recorded.js';
import { newEntryId } from './accepted-values.js';

const RECORDING_PROBLEMS = [
  CREDITS_PROBLEMS.OWN_INTEREST,
  CREDITS_PROBLEMS.UNKNOWN_USER,
  CREDITS_PROBLEMS.CONFLICT,
  CREDITS_PROBLEMS.TIME_AHEAD,
];

/** Awards, purchases, their refunds, and other spends. */
@ApiTags('credits')
@Controller('api/credits')
export class CreditEntriesController {
  constructor(private readonly entries: EntryWrites) {}

  /** Grants free credits. A repeated request answers 200 and changes nothing. */
  @Post('awards')
  @Access('finance', 'admin', 'platform')
  @WritesMoney()
  @AuditedAs('awards.create', 'award')
  @HonoursIdempotencyKey()
  @ApiCreatedResponse({ description: 'The award, with its settlements.', type: AwardDto })
  @ApiOkResponse({ description: 'The award was already recorded with this content.', type: AwardDto })
  @ApiProblems(...RECORDING_PROBLEMS)
  createAward(
    @Body() body: CreateAwardRequestDto,
    @Query() { preview }: PreviewRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<AwardDto> {
    return this.record('award', body, awardAnswer, caller, write, preview);
  }

  /** Records credits that a user bought. A repeated request answers 200 and changes nothing. */
  @Post('purchases')
  @Access('finance', 'admin', 'platform')
  @WritesMoney()
  @AuditedAs('purchases.create', 'purchase')
  @HonoursIdempotencyKey()
  @ApiCreatedResponse({ description: 'The purchase, with its settlements.', type: PurchaseDto })
  @ApiOkResponse({ description: 'The purchase was already recorded with this content.', type: PurchaseDto })
  @ApiProblems(...RECORDING_PROBLEMS)
  createPurchase(
    @Body() body: CreatePurchaseRequestDto,
    @Query() { preview }: PreviewRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<PurchaseDto> {
    assertWholeOriginal(body);
    return this.record('purchase', body, purchaseAnswer, caller, write, preview);
  }

  /**
   * Records credits that were used for something other than a module deployment, whatever the balance. A repeated
   * request answers 200 and changes nothing.
   */
  @Post('spends')
  @Access('admin', 'platform')
  @WritesMoney()
  @AuditedAs('spends.create', 'spend')
  @HonoursIdempotencyKey()
  @ApiCreatedResponse({ description: 'The spend, with its allocations.', type: SpendDto })
  @ApiOkResponse({ description: 'The spend was already recorded with this content.', type: SpendDto })
  @ApiProblems(...RECORDING_PROBLEMS)
  createSpend(
    @Body() body: CreateSpendRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<SpendDto> {
    return this.record('spend', body, spendAnswer, caller, write);
  }

  /**
   * Refunds purchased credits that are left in their lot, for money. It never changes a partner's revenue. A repeated
   * request answers 200 and changes nothing.
   */
  @Post('purchases/:externalId/refunds')
  @Access('finance', 'admin', 'platform')
  @WritesMoney()
  @AuditedAs('purchases.refund', 'purchase')
  @HonoursIdempotencyKey()
  @ApiCreatedResponse({
    description: 'The refund, with the credits that it removed.',
    type: PurchaseRefundDto,
  })
  @ApiOkResponse({
    description: 'The refund was already recorded with this content.',
    type: PurchaseRefundDto,
  })
  @ApiProblems(
    CREDITS_PROBLEMS.OWN_INTEREST,
    CREDITS_PROBLEMS.PURCHASE_NOT_FOUND,
    CREDITS_PROBLEMS.CONFLICT,
    CREDITS_PROBLEMS.TIME_AHEAD,
    CREDITS_PROBLEMS.NOTHING_LEFT,
    CREDITS_PROBLEMS.MORE_THAN_LEFT,
  )
  refundPurchase(
    @PlatformIdParam('externalId', { example: 'buy_17' }) purchaseId: string,
    @Body() body: RefundRequestDto,
    @Query() { preview }: PreviewRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<PurchaseRefundDto> {
    const externalId = body.externalId ?? newEntryId();
    const command = commandOfBody('purchaseRefund', { ...body, externalId, purchaseExternalId: purchaseId });
    return this.entries.run(write, {
      request: async (manager) =>
        entryRequest(command, await refundedUser('purchase', purchaseId, manager), caller),
      answer: purchaseRefundAnswer,
      targetId: purchaseId,
      isPreview: preview,
    });
  }

  private record<Answer extends object>(
    type: 'award' | 'purchase' | 'spend',
    body: { readonly externalId?: string; readonly userId: string },
    answer: (recorded: Recorded) => Answer,
    caller: Caller,
    write: CurrentHttpWrite,
    isPreview = false,
  ): Promise<Answer> {
    const { userId } = body;
    const externalId = body.externalId ?? newEntryId();
    const request = entryRequest(commandOfBody(type, { ...body, externalId }), userId, caller);
    return this.entries.run(write, { request: () => request, answer, userId, isPreview });
  }
}
