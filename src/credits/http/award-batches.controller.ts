import { Body, Controller, Get, HttpStatus, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditedAs, CurrentWrite, Writes, type CurrentHttpWrite } from '../../audit/index.js';
import { Access, CurrentCaller, WritesMoney, type Caller } from '../../auth/index.js';
import { BodyLimit } from '../../platform/http/index.js';
import { HonoursIdempotencyKey } from '../../platform/idempotency/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import { Problem } from '../../platform/problem/index.js';
import { PlatformIdParam, VALIDATION_PROBLEMS } from '../../platform/validation/index.js';
import { AWARD_BATCH_PROBLEMS, CREDITS_PROBLEMS } from '../credits.problems.js';
import { acceptedInstant, acceptedMicros } from './accepted-values.js';
import { AwardBatchWorker } from '../batches/award-batch-worker.js';
import { AwardBatchesService } from '../batches/award-batches.service.js';
import { AwardBatchDto, CreateAwardBatchRequestDto } from './dto/award-batch.dto.js';

/** 10,000 ids of 128 characters, with their quotes and commas. */
const BODY_LIMIT_BYTES = 1_500_000;

/** One award to many users. */
@ApiTags('credits')
@Controller('api/credits/awards/batches')
export class AwardBatchesController {
  constructor(
    private readonly batches: AwardBatchesService,
    private readonly worker: AwardBatchWorker,
    private readonly writes: Writes,
  ) {}

  /**
   * Grants the same award to many users, in the background. Users and time are fixed when the batch is accepted. The id
   * of user n's award is `{externalId}:{n}`; users are counted from 1, in the bytewise order of their ids. A repeated
   * request answers 200 with the batch's progress and grants nothing again. If the award of a user is refused, the user
   * is listed in `refusals`, and the other users get their awards.
   */
  @Post()
  @Access('finance', 'admin', 'platform')
  @WritesMoney()
  @AuditedAs('awardBatches.create', 'awardBatch')
  @HonoursIdempotencyKey()
  @BodyLimit(BODY_LIMIT_BYTES)
  @ApiAcceptedResponse({
    description:
      'The batch is accepted. The header Location and `statusAddress` contain the path of its progress.',
    type: AwardBatchDto,
  })
  @ApiOkResponse({ description: 'The batch was already accepted with this content.', type: AwardBatchDto })
  @ApiProblems(AWARD_BATCH_PROBLEMS.CONFLICT, CREDITS_PROBLEMS.TIME_AHEAD)
  async createAwardBatch(
    @Body() body: CreateAwardBatchRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<AwardBatchDto> {
    const order = {
      id: body.externalId,
      userIds: usersOf(body),
      credits: acceptedMicros(body.credits),
      occurredAt: acceptedInstant(body.occurredAt),
      expiresAt: acceptedInstant(body.expiresAt),
      reason: body.reason ?? null,
    };
    const answer = await this.writes.answer(write, async (manager) => {
      const { batch, isNew } = await this.batches.accept(order, caller, manager);
      return {
        status: isNew ? HttpStatus.ACCEPTED : HttpStatus.OK,
        headers: { Location: batch.statusAddress },
        body: batch,
        outcome: isNew ? 'done' : 'known',
        targetId: batch.externalId,
        details: { total: batch.total },
      };
    });
    this.worker.wake();
    return answer;
  }

  /** Shows the progress of a batch. */
  @Get(':externalId')
  @Access('finance', 'admin', 'platform')
  @ApiOkResponse({ description: 'The batch.', type: AwardBatchDto })
  @ApiProblems(AWARD_BATCH_PROBLEMS.NOT_FOUND)
  getAwardBatch(
    @PlatformIdParam('externalId', { example: 'spring_2026' }) id: string,
  ): Promise<AwardBatchDto> {
    return this.batches.get(id);
  }
}

/** @returns null for all users */
function usersOf({ userIds, all = false }: CreateAwardBatchRequestDto): readonly string[] | null {
  if (userIds !== undefined && !all) return userIds;
  if (userIds === undefined && all) return null;
  const message = 'must be given, unless all is true; do not send both';
  throw new Problem(VALIDATION_PROBLEMS.INVALID, `userIds ${message}.`, {
    errors: [{ field: 'userIds', message }],
  });
}
