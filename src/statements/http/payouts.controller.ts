import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, CurrentCaller, type Caller } from '../../auth/index.js';
import { CSV_TYPE, CsvExports, isCsvWanted } from '../../platform/csv/index.js';
import { JSON_TYPE, Produces } from '../../platform/http/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import { EXPORT_PROBLEMS } from '../../platform/transfers/index.js';
import { payoutsCsv } from '../files/payouts-csv.js';
import { PayoutLists } from '../payments/payouts.service.js';
import { STATEMENTS_PROBLEMS } from '../statements.problems.js';
import { PayoutListDto, PayoutListRequestDto } from './dto/payment.dto.js';

const EXAMPLE_CSV = [
  'statementId,partnerId,email,deployments,purchasedCredits,grossRevenue,revenue,adjustments,opening,due,payable,paid,open,netOpen,currency',
  'acme.2026-01,acme,hello@acme.example,7,70,7,2.104,-0.2,0.004,1.908,1.91,1,0.91,0.908,USD',
].join('\r\n');

/** Lists of what to pay. */
@ApiTags('statements')
@Controller('api/payouts')
export class PayoutsController {
  constructor(
    private readonly payouts: PayoutLists,
    private readonly exports: CsvExports,
  ) {}

  /**
   * Lists what to pay for a closed month, by partner, with totals; as JSON or CSV. `netOpen` is all that is open on all
   * statements of the partner and what the last one carried, so a later debt is visible before an older month is paid.
   */
  @Get()
  @Access('finance', 'admin')
  @Produces(JSON_TYPE, CSV_TYPE)
  @ApiExtraModels(PayoutListDto)
  @ApiOkResponse({
    description: 'The payouts of the month.',
    content: {
      [JSON_TYPE]: { schema: { $ref: getSchemaPath(PayoutListDto) } },
      [CSV_TYPE]: { schema: { type: 'string' }, example: `${EXAMPLE_CSV}\r\n` },
    },
  })
  @ApiProblems(STATEMENTS_PROBLEMS.CLOSING_NOT_FOUND, EXPORT_PROBLEMS.TOO_MANY, EXPORT_PROBLEMS.TOOK_TOO_LONG)
  async listPayouts(
    @Query() query: PayoutListRequestDto,
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const isCsv = isCsvWanted(query, request, response);
    const payouts = await this.payouts.of(query.month);
    if (!isCsv) {
      response.json(payouts);
      return;
    }
    await this.exports.send(response, caller.id, (deliver) => deliver(payoutsCsv(payouts, query.csv)));
  }
}
