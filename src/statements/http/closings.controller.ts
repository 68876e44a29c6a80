import { Body, Controller, Get, HttpStatus, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AuditedAs,
  CurrentWrite,
  recordEvent,
  Writes,
  type CurrentHttpWrite,
  type WriteOutcome,
} from '../../audit/index.js';
import { Access, WritesMoney } from '../../auth/index.js';
import { HonoursIdempotencyKey } from '../../platform/idempotency/index.js';
import { ReadsByBody } from '../../platform/http/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import type { Closing } from '../closing/closing.js';
import { Closings } from '../closing/closings.service.js';
import { ClosingPreviews } from '../closing/preview.service.js';
import { STATEMENTS_PROBLEMS } from '../statements.problems.js';
import {
  ClosingDto,
  ClosingListDto,
  ClosingPreviewDto,
  CloseMonthRequestDto,
  PreviewClosingRequestDto,
} from './dto/closing.dto.js';
import { MonthParam } from './dto/month.decorator.js';

const PREVIEW_BODY_MAX_BYTES = 65_536;

/** Closings of months. */
@ApiTags('statements')
@Controller('api/statements/closings')
export class ClosingsController {
  constructor(
    private readonly closings: Closings,
    private readonly previews: ClosingPreviews,
    private readonly writes: Writes,
  ) {}

  /** Lists the closed months, the first one first. */
  @Get()
  @Access('finance', 'admin')
  @ApiOkResponse({ description: 'The closed months.', type: ClosingListDto })
  async listClosings(): Promise<ClosingListDto> {
    return { data: await this.closings.list() };
  }

  /** Shows a closed month. */
  @Get(':month')
  @Access('finance', 'admin')
  @ApiOkResponse({ description: 'The closing.', type: ClosingDto })
  @ApiProblems(STATEMENTS_PROBLEMS.CLOSING_NOT_FOUND)
  getClosing(@MonthParam() month: string): Promise<ClosingDto> {
    return this.closings.get(month);
  }

  /**
   * Closes a month for all partners, and answers once it is done. Months are closed in order, each when it is over. The
   * first closing fixes the time zone. What was stated never changes: later changes become adjustments of the next
   * month. A closed month answers 200 with its closing.
   */
  @Post()
  @Access('finance', 'admin')
  @WritesMoney()
  @AuditedAs('statements.close', 'closing')
  @HonoursIdempotencyKey()
  @ApiCreatedResponse({ description: 'The month is closed now.', type: ClosingDto })
  @ApiOkResponse({ description: 'The month was closed before.', type: ClosingDto })
  @ApiProblems(
    STATEMENTS_PROBLEMS.OUT_OF_ORDER,
    STATEMENTS_PROBLEMS.MONTH_NOT_OVER,
    STATEMENTS_PROBLEMS.ZONE_FIXED,
    STATEMENTS_PROBLEMS.UNKNOWN_ZONE,
    STATEMENTS_PROBLEMS.EARLIER_REVENUE,
  )
  closeMonth(
    @Body() body: CloseMonthRequestDto,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<ClosingDto> {
    return this.writes.answer(write, async (manager) => {
      // The closing runs on connections of its own; this one waits to keep the answer.
      await manager.query('SET LOCAL idle_in_transaction_session_timeout = 0');
      const { closing, isNew } = await this.closings.close(body, {
        record: (closed, own) => recordEvent(own, { write, outcome: outcomeOf(closed, true) }),
      });
      return { ...outcomeOf(closing, isNew), isAudited: isNew };
    });
  }

  /** Shows what closing a month now would state, by partner. Writes nothing. */
  @Post('preview')
  @Access('finance', 'admin')
  @ReadsByBody({ maxBytes: PREVIEW_BODY_MAX_BYTES })
  @ApiOkResponse({ description: 'The preview.', type: ClosingPreviewDto })
  @ApiProblems(
    STATEMENTS_PROBLEMS.OUT_OF_ORDER,
    STATEMENTS_PROBLEMS.MONTH_NOT_OVER,
    STATEMENTS_PROBLEMS.ZONE_FIXED,
    STATEMENTS_PROBLEMS.UNKNOWN_ZONE,
  )
  calculateClosing(@Body() body: PreviewClosingRequestDto): Promise<ClosingPreviewDto> {
    return this.previews.preview(body);
  }
}

function outcomeOf(closing: Closing, isNew: boolean): WriteOutcome<ClosingDto> {
  return {
    status: isNew ? HttpStatus.CREATED : HttpStatus.OK,
    body: closing,
    outcome: isNew ? 'done' : 'known',
    targetId: closing.month,
    details: { statements: closing.statements, digest: closing.digest },
  };
}
