import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, ANY_ROLE, CurrentCaller, type Caller } from '../../auth/index.js';
import { formatInstant } from '../../domain/index.js';
import { CSV_TYPE, CsvExports, isCsvWanted } from '../../platform/csv/index.js';
import { JSON_TYPE, Produces } from '../../platform/http/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import { PAGING_PROBLEMS } from '../../platform/paging/index.js';
import { EXPORT_PROBLEMS } from '../../platform/transfers/index.js';
import { VALIDATION_PROBLEMS } from '../../platform/validation/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';
import { CreditQueries, type HistoryPage } from '../queries/credit-queries.service.js';
import { acceptedInstant } from './accepted-values.js';
import { HistoryExport } from './history-export.js';
import { historyLine } from './history-line.js';
import { balanceDto, lotDto } from './dto/lot.dto.js';
import { CreditBalanceDto, CreditBalanceRequestDto } from './dto/credit-balance.dto.js';
import { CreditHistoryDto, CreditHistoryRequestDto } from './dto/credit-history.dto.js';
import { creditsSubject } from '../queries/credits-subject.js';

const LIMIT_DEFAULT = 50;

const EXAMPLE_CSV = [
  'Occurred At,Type,ID,Credits,Amount,Expires At,Module ID,Category,Pool,Refund Of,Movements,Free Balance,Purchased Balance,Total Balance,Unpaid Balance',
  '2026-05-01T09:30:00Z,deployment,dep_1001,12.5,,,mod_charts,,any,,"paid 4 free of welcome_42; paid 8.5 purchased of buy_17 worth 0.85",0,11.5,11.5,0',
].join('\r\n');

/** Balances and credit histories of users. */
@ApiTags('credits')
@Controller('api/credits')
export class CreditQueriesController {
  constructor(
    private readonly credits: CreditQueries,
    private readonly historyExport: HistoryExport,
    private readonly exports: CsvExports,
  ) {}

  /** Shows the credits that a user can spend and owes, and the lots with credits left. */
  @Get('balance')
  @Access(ANY_ROLE)
  @ApiOkResponse({ description: 'The balance.', type: CreditBalanceDto })
  @ApiProblems(CREDITS_PROBLEMS.USER_NOT_FOUND)
  async getBalance(
    @Query() query: CreditBalanceRequestDto,
    @CurrentCaller() caller: Caller,
  ): Promise<CreditBalanceDto> {
    const subject = creditsSubject(query.userId, caller);
    const { balance, openLots, at } = await this.credits.balance(subject, acceptedInstant(query.asOf));
    return {
      userId: subject.userId,
      ...balanceDto(balance),
      lots: [...openLots.free, ...openLots.purchased].map(lotDto),
      asOf: formatInstant(at),
    };
  }

  /**
   * Lists a user's credit history, oldest or newest first (`order`): each entry with its movements into and out of
   * lots, each expiry, and the balance after each line. The answer is a page of JSON, or all lines as CSV (`Accept:
   * text/csv` or `format=csv`). The history is computed from the ledger at each request, so late entries are at their
   * position in time. CSV for finance, admin and platform also has the column Reason.
   */
  @Get('history')
  @Access(ANY_ROLE)
  @Produces(JSON_TYPE, CSV_TYPE)
  @ApiExtraModels(CreditHistoryDto)
  @ApiOkResponse({
    description: 'A page of the history, or the whole history as CSV.',
    content: {
      [JSON_TYPE]: { schema: { $ref: getSchemaPath(CreditHistoryDto) } },
      [CSV_TYPE]: { schema: { type: 'string' }, example: `${EXAMPLE_CSV}\r\n` },
    },
  })
  @ApiProblems(
    VALIDATION_PROBLEMS.INVALID,
    PAGING_PROBLEMS.BAD_CURSOR,
    CREDITS_PROBLEMS.USER_NOT_FOUND,
    EXPORT_PROBLEMS.TOO_MANY,
    EXPORT_PROBLEMS.TOOK_TOO_LONG,
  )
  async getCreditHistory(
    @Query() query: CreditHistoryRequestDto,
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const isCsv = isCsvWanted(query, request, response);
    const subject = creditsSubject(query.userId, caller);
    const asked = { ...query, asOf: acceptedInstant(query.asOf) };
    if (isCsv) {
      await this.exports.send(response, caller.id, async (deliver, signal) =>
        deliver(await this.historyExport.open(subject, asked, signal)),
      );
      return;
    }
    const { limit = LIMIT_DEFAULT, cursor } = query;
    const page = await this.credits.historyPage(subject, asked, { limit, cursor });
    response.json(historyDto(subject.userId, page, limit));
  }
}

function historyDto(
  userId: string,
  { items, filter, snapshotAt, reasonOf, nextCursor }: HistoryPage,
  limit: number,
): CreditHistoryDto {
  return {
    userId,
    data: items.map((item) => historyLine(item, reasonOf)),
    filter,
    snapshotAt: formatInstant(snapshotAt),
    page: { limit, nextCursor },
  };
}
