import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, CurrentCaller, type Caller } from '../../auth/index.js';
import { CsvExports, isCsvWanted } from '../../platform/csv/index.js';
import { JSON_TYPE, ReadsByBody } from '../../platform/http/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import { PAGING_PROBLEMS } from '../../platform/paging/index.js';
import { PlatformIdParam } from '../../platform/validation/index.js';
import { FullExplanationDto, PartnerExplanationDto } from './dto/revenue-explanation.dto.js';
import { SEARCH_BODY_MAX_BYTES } from './dto/revenue-filter.dto.js';
import { RevenueReportDto, RevenueReportRequestDto } from './dto/revenue-report.dto.js';
import { AnswersRevenue } from './revenue-answers.decorator.js';
import { REVENUE_PROBLEMS } from '../revenue.problems.js';
import { RevenueService } from '../revenue.service.js';
import { viewerOf } from '../viewer.js';

const LIMIT_DEFAULT = 50;

const AnswersReport = AnswersRevenue({
  description: 'A page of the report, or the whole report as CSV.',
  json: RevenueReportDto,
  csvLines: [
    'Deployment ID,Module Name,Created At,Credit Cost,Free Credits,Purchased Credits,Gross Revenue,Partner Revenue Share %,Revenue,Currency,Unpaid Credits,Refunded Credits',
    'dep_1001,"Charts, interactive",2026-05-01T09:30:00Z,12.5,4,8.5,0.85,30,0.255,USD,0,0',
  ],
  problems: [PAGING_PROBLEMS.BAD_CURSOR],
});

/** Revenue of partners' modules. */
@ApiTags('revenue')
@Controller('api/revenue')
export class RevenueController {
  constructor(
    private readonly revenue: RevenueService,
    private readonly exports: CsvExports,
  ) {}

  /**
   * Reports revenue, one row per deployment: a page of JSON with the totals of the whole filter, or all rows as CSV
   * (`Accept: text/csv` or `format=csv`). Partners see their own modules. Finance and admin see all modules and the
   * customers; their CSV also has the columns Partner ID, Partner Email, User ID and User Email before Unpaid Credits.
   * A text that a spreadsheet would read as a formula gets a leading apostrophe. If an export fails midway, the service
   * closes the connection.
   */
  @Get()
  @AnswersReport
  getRevenueReport(
    @Query() query: RevenueReportRequestDto,
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.answer(query, caller, request, response);
  }

  /**
   * Reports revenue as `GET /api/revenue` does, for a filter that is too long for a URL. The fields of the body are the
   * parameters of that route, with an array for each repeatable one; responses and cursors are the same. The request
   * only reads: it can be repeated, it ignores `Idempotency-Key`, and it writes no audit event. A body can have up to 2
   * MiB.
   */
  @Post('search')
  @AnswersReport
  @ReadsByBody({ maxBytes: SEARCH_BODY_MAX_BYTES })
  searchRevenueReport(
    @Body() query: RevenueReportRequestDto,
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.answer(query, caller, request, response);
  }

  private async answer(
    query: RevenueReportRequestDto,
    caller: Caller,
    request: Request,
    response: Response,
  ): Promise<void> {
    const viewer = viewerOf(caller);
    if (isCsvWanted(query, request, response)) {
      await this.exports.send(response, caller.id, (deliver, signal) =>
        this.revenue.exportCsv(query, viewer, deliver, signal),
      );
      return;
    }
    const { limit = LIMIT_DEFAULT } = query;
    const body = await this.revenue.reportJson({ ...query, limit }, viewer);
    response.type(JSON_TYPE).send(body);
  }

  /**
   * Explains a row: the allocations that paid for the deployment, later settlements and refunds, and how its revenue is
   * computed. Finance and admin see every lot, instant and balance; partners see months and nothing about the customer.
   */
  @Get(':deploymentId')
  @Access('partner', 'finance', 'admin')
  @ApiExtraModels(FullExplanationDto, PartnerExplanationDto)
  @ApiOkResponse({
    description: 'The row and its explanation.',
    schema: {
      anyOf: [{ $ref: getSchemaPath(FullExplanationDto) }, { $ref: getSchemaPath(PartnerExplanationDto) }],
    },
  })
  @ApiProblems(REVENUE_PROBLEMS.DEPLOYMENT_NOT_FOUND)
  explainRevenue(
    @PlatformIdParam('deploymentId', { example: 'dep_1001' }) deploymentId: string,
    @CurrentCaller() caller: Caller,
  ): Promise<FullExplanationDto | PartnerExplanationDto> {
    return this.revenue.explain(deploymentId, viewerOf(caller));
  }
}
