import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentCaller, type Caller } from '../../auth/index.js';
import { CsvExports, isCsvWanted } from '../../platform/csv/index.js';
import { ReadsByBody } from '../../platform/http/index.js';
import { SEARCH_BODY_MAX_BYTES } from './dto/revenue-filter.dto.js';
import { RevenueSummaryDto, RevenueSummaryRequestDto } from './dto/revenue-summary.dto.js';
import { AnswersRevenue } from './revenue-answers.decorator.js';
import { viewerOf } from '../viewer.js';
import { SummaryService } from '../summary/summary.service.js';

const AnswersSummary = AnswersRevenue({
  description: 'The sums. Their totals are equal to those of the report.',
  json: RevenueSummaryDto,
  csvLines: [
    'key,label,from,to,deployments,creditCost,freeCredits,purchasedCredits,unpaidCredits,refundedCredits,grossRevenue,revenue',
    '2026-05,May 2026,2026-04-30T22:00:00Z,2026-05-31T22:00:00Z,1,12.5,4,8.5,0,0,0.85,0.255',
  ],
});

/** Sums of the revenue of partners' modules. */
@ApiTags('revenue')
@Controller('api/revenue/summary')
export class SummaryController {
  constructor(
    private readonly summaries: SummaryService,
    private readonly exports: CsvExports,
  ) {}

  /**
   * Sums revenue by day, ISO week or month of `timeZone`, by module or partner, or by a period and one of these. The
   * response is JSON or CSV (`Accept: text/csv` or `format=csv`); the columns of the CSV are the fields of a row.
   * Periods are in the order of time and include those without deployments. Modules and partners are sorted by the
   * gross revenue that a partner has a share of, the highest first, then by id, with the platform last. With a period,
   * each of them has a row in every period. By `user`, finance and admin get the customers with the highest gross
   * revenue, and how many there are in all. More than 5,000 periods or 50,000 rows are rejected with 400.
   */
  @Get()
  @AnswersSummary
  getRevenueSummary(
    @Query() query: RevenueSummaryRequestDto,
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.answer(query, caller, request, response);
  }

  /**
   * Sums revenue as `GET /api/revenue/summary` does, for a filter that is too long for a URL. The fields of the body
   * are the parameters of that route, with an array for each repeatable one. The request only reads, like `POST
   * /api/revenue/search`.
   */
  @Post('search')
  @AnswersSummary
  @ReadsByBody({ maxBytes: SEARCH_BODY_MAX_BYTES })
  searchRevenueSummary(
    @Body() query: RevenueSummaryRequestDto,
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.answer(query, caller, request, response);
  }

  private async answer(
    query: RevenueSummaryRequestDto,
    caller: Caller,
    request: Request,
    response: Response,
  ): Promise<void> {
    const viewer = viewerOf(caller);
    if (!isCsvWanted(query, request, response)) {
      response.json(await this.summaries.summary(query, viewer));
      return;
    }
    await this.exports.send(response, caller.id, async (deliver, signal) =>
      deliver(await this.summaries.csv(query, viewer, signal)),
    );
  }
}
