import { Body, Controller, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditedAs, CurrentWrite, type CurrentHttpWrite } from '../../audit/index.js';
import { Access, CurrentCaller, WritesMoney, type Caller } from '../../auth/index.js';
import { HonoursIdempotencyKey } from '../../platform/idempotency/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import { PlatformIdParam } from '../../platform/validation/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';
import { commandOfBody } from '../commands/entry-command.js';
import { entryRequest, refundedUser } from '../commands/entry-request.js';
import { EntryWrites } from '../commands/entry-writes.js';
import { newEntryId } from './accepted-values.js';
import { PreviewRequestDto } from './dto/preview.dto.js';
import {
  releaseAnswer,
  ReleaseDto,
  ReleaseRequestDto,
  reversalAnswer,
  ReversalDto,
  ReversalRequestDto,
} from './dto/reversal.dto.js';

/** Money of purchases that was taken back from outside. */
@ApiTags('credits')
@Controller('api/credits')
export class ReversalsController {
  constructor(private readonly entries: EntryWrites) {}

  /**
   * Records that the money of a purchase, or a part of it, was taken back, whether or not its credits are left: first
   * the credits that are left, then lapsed ones, then those that paid last. What they paid is unpaid again. A repeated
   * request answers 200 and changes nothing.
   */
  @Post('purchases/:externalId/reversals')
  @Access('finance', 'admin', 'platform')
  @WritesMoney()
  @AuditedAs('purchases.reverse', 'purchase')
  @HonoursIdempotencyKey()
  @ApiCreatedResponse({
    description: 'The reversal, with what it took back and changed.',
    type: ReversalDto,
  })
  @ApiOkResponse({ description: 'The reversal was already recorded with this content.', type: ReversalDto })
  @ApiProblems(
    CREDITS_PROBLEMS.OWN_INTEREST,
    CREDITS_PROBLEMS.PURCHASE_NOT_FOUND,
    CREDITS_PROBLEMS.CONFLICT,
    CREDITS_PROBLEMS.TIME_AHEAD,
    CREDITS_PROBLEMS.BEFORE_PURCHASE,
    CREDITS_PROBLEMS.NOTHING_LEFT,
    CREDITS_PROBLEMS.MORE_THAN_LEFT,
  )
  reversePurchase(
    @PlatformIdParam('externalId', { example: 'buy_17' }) purchaseId: string,
    @Body() body: ReversalRequestDto,
    @Query() { preview }: PreviewRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<ReversalDto> {
    const externalId = body.externalId ?? newEntryId();
    const command = commandOfBody('purchaseReversal', {
      ...body,
      externalId,
      purchaseExternalId: purchaseId,
    });
    return this.entries.run(write, {
      request: async (manager) =>
        entryRequest(command, await refundedUser('purchase', purchaseId, manager), caller),
      answer: (recorded) => reversalAnswer(recorded, caller),
      targetId: purchaseId,
      isPreview: preview,
    });
  }

  /**
   * Records that a reversal was undone, in full: its credits pay first what they paid before, as far as that is unpaid;
   * the rest returns to its lot, or lapses if the lot has expired. A repeated request answers 200 and changes nothing.
   */
  @Post('reversals/:externalId/release')
  @Access('finance', 'admin', 'platform')
  @WritesMoney()
  @AuditedAs('reversals.release', 'purchaseReversal')
  @HonoursIdempotencyKey()
  @ApiCreatedResponse({ description: 'The release, with what it gave back and changed.', type: ReleaseDto })
  @ApiOkResponse({ description: 'The release was already recorded with this content.', type: ReleaseDto })
  @ApiProblems(
    CREDITS_PROBLEMS.OWN_INTEREST,
    CREDITS_PROBLEMS.REVERSAL_NOT_FOUND,
    CREDITS_PROBLEMS.CONFLICT,
    CREDITS_PROBLEMS.TIME_AHEAD,
    CREDITS_PROBLEMS.BEFORE_REVERSAL,
    CREDITS_PROBLEMS.ALREADY_RELEASED,
  )
  releaseReversal(
    @PlatformIdParam('externalId', { example: 'dispute_9' }) reversalId: string,
    @Body() body: ReleaseRequestDto,
    @Query() { preview }: PreviewRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<ReleaseDto> {
    const externalId = body.externalId ?? newEntryId();
    const command = commandOfBody('reversalRelease', {
      ...body,
      externalId,
      reversalExternalId: reversalId,
    });
    return this.entries.run(write, {
      request: async (manager) =>
        entryRequest(command, await refundedUser('purchaseReversal', reversalId, manager), caller),
      answer: (recorded) => releaseAnswer(recorded, caller),
      targetId: reversalId,
      isPreview: preview,
    });
  }
}
