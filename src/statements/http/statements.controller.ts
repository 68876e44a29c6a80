import { applyDecorators, Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, CurrentCaller, type Caller } from '../../auth/index.js';
import { CSV_TYPE, CsvExports, csvFileName, isCsvWanted } from '../../platform/csv/index.js';
import { JSON_TYPE, Produces } from '../../platform/http/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import { PAGING_PROBLEMS } from '../../platform/paging/index.js';
import { Problem } from '../../platform/problem/index.js';
import { EXPORT_PROBLEMS } from '../../platform/transfers/index.js';
import { PlatformIdParam, VALIDATION_PROBLEMS } from '../../platform/validation/index.js';
import { viewerOf } from '../../revenue/index.js';
import { LocalClock, localZoneOf, TimeRanges } from '../../variables/index.js';
import { linesCsv } from '../files/lines-csv.js';
import { CurrentStandings } from '../queries/current.service.js';
import { Statements } from '../queries/statements.service.js';
import { STATEMENTS_PROBLEMS } from '../statements.problems.js';
import { ModuleSumListDto } from './dto/module-sum.dto.js';
import { StatementLinesPageDto, StatementLinesRequestDto } from './dto/statement-line.dto.js';
import {
  CurrentStandingDto,
  CurrentStandingRequestDto,
  StatementChangesDto,
  StatementDto,
  StatementListDto,
  StatementListRequestDto,
} from './dto/statement.dto.js';

const NDJSON_TYPE = 'application/x-ndjson';
const LIMIT_DEFAULT = 50;
const EXAMPLE_ID = { example: 'acme.2026-01' };

const EXAMPLE_CSV = [
  'kind,deploymentId,moduleId,moduleName,createdAt,creditCost,freeCredits,purchasedCredits,unpaidCredits,refundedCredits,grossRevenue,statedGross,grossNow,difference,partnerRevenueShare,revenue,revenueDifference,corrects,causes',
  'revenue,dep_1001,mod_charts,Charts,2026-02-05T09:30:00Z,12.5,4,8.5,0,0,0.85,,,,30,0.255,,,',
  'adjustment,dep_900,mod_charts,Charts,2026-01-07T10:00:00Z,,,,,,,0.85,0.45,-0.4,30,,-0.12,acme.2026-01,award 2026-01 -0.4',
].join('\r\n');

const EXAMPLE_NDJSON =
  '{"adjustments":"0","carried":"0","currency":"USD","currencyMinorUnit":2,"due":"2.1","id":"acme.2026-01","month":"2026-01","opening":"0","partnerId":"acme","payable":"2.1","revenue":"2.1"}\n';

/** Documents the answers with lines of a statement. */
function ApiLines(): MethodDecorator {
  return applyDecorators(
    Produces(JSON_TYPE, CSV_TYPE),
    ApiExtraModels(StatementLinesPageDto),
    ApiOkResponse({
      description: 'A page of lines, or all lines as CSV.',
      content: {
        [JSON_TYPE]: { schema: { $ref: getSchemaPath(StatementLinesPageDto) } },
        [CSV_TYPE]: { schema: { type: 'string' }, example: `${EXAMPLE_CSV}\r\n` },
      },
    }),
    ApiProblems(
      STATEMENTS_PROBLEMS.NOT_FOUND,
      VALIDATION_PROBLEMS.INVALID,
      PAGING_PROBLEMS.BAD_CURSOR,
      EXPORT_PROBLEMS.TOO_MANY,
      EXPORT_PROBLEMS.TOOK_TOO_LONG,
    ),
  );
}

/** Statements of closed months: partners see their own, finance and admin all. */
@ApiTags('statements')
@Controller('api/statements')
export class StatementsController {
  constructor(
    private readonly statements: Statements,
    private readonly standings: CurrentStandings,
    private readonly exports: CsvExports,
    private readonly clock: LocalClock,
    private readonly ranges: TimeRanges,
  ) {}

  /** Lists statements: the latest month first, in a month by partner. */
  @Get()
  @Access('partner', 'finance', 'admin')
  @ApiOkResponse({ description: 'A page of statements.', type: StatementListDto })
  @ApiProblems(STATEMENTS_PROBLEMS.PARTNER_NOT_FOUND, PAGING_PROBLEMS.BAD_CURSOR)
  listStatements(
    @Query() { limit, cursor, ...filter }: StatementListRequestDto,
    @CurrentCaller() caller: Caller,
  ): Promise<StatementListDto> {
    return this.statements.list(filter, { limit, cursor }, viewerOf(caller));
  }

  /**
   * Shows what a partner has that no statement states yet: months that are over, the month that runs, and adjustments of
   * closed months.
   */
  @Get('current')
  @Access('partner', 'finance', 'admin')
  @ApiOkResponse({ description: 'What is not stated yet.', type: CurrentStandingDto })
  @ApiProblems(STATEMENTS_PROBLEMS.PARTNER_NOT_FOUND, VALIDATION_PROBLEMS.INVALID)
  getCurrentStanding(
    @Query() { partnerId }: CurrentStandingRequestDto,
    @CurrentCaller() caller: Caller,
  ): Promise<CurrentStandingDto> {
    const viewer = viewerOf(caller);
    const wanted = partnerId ?? (viewer.kind === 'partner' ? viewer.partnerId : undefined);
    if (wanted === undefined) {
      const message = 'must name a partner';
      throw new Problem(VALIDATION_PROBLEMS.INVALID, `query.partnerId ${message}.`, {
        errors: [{ field: 'query.partnerId', message }],
      });
    }
    return this.standings.read(wanted, viewer);
  }

  /**
   * Shows a statement. As `application/x-ndjson` the answer is exactly the bytes of its digest: its header, then its
   * lines in the partner's form, as canonical JSON (RFC 8785), one per line.
   */
  @Get(':id')
  @Access('partner', 'finance', 'admin')
  @Produces(JSON_TYPE, NDJSON_TYPE)
  @ApiExtraModels(StatementDto)
  @ApiOkResponse({
    description: 'The statement, or the bytes of its digest.',
    content: {
      [JSON_TYPE]: { schema: { $ref: getSchemaPath(StatementDto) } },
      [NDJSON_TYPE]: { schema: { type: 'string' }, example: EXAMPLE_NDJSON },
    },
  })
  @ApiProblems(STATEMENTS_PROBLEMS.NOT_FOUND, EXPORT_PROBLEMS.TOO_MANY, EXPORT_PROBLEMS.TOOK_TOO_LONG)
  async getStatement(
    @PlatformIdParam('id', EXAMPLE_ID) id: string,
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const viewer = viewerOf(caller);
    response.vary('Accept');
    if (request.accepts([JSON_TYPE, NDJSON_TYPE]) !== NDJSON_TYPE) {
      response.json(await this.statements.get(id, viewer));
      return;
    }
    await this.exports.send(response, caller.id, (deliver, signal) =>
      this.statements.digestBytes(
        id,
        viewer,
        (text) => deliver({ fileName: `${id}.ndjson`, text, contentType: NDJSON_TYPE }),
        signal,
      ),
    );
  }

  /** Lists a statement's lines, in the order of its digest: revenue lines, then adjustment lines, each by time. */
  @Get(':id/lines')
  @Access('partner', 'finance', 'admin')
  @ApiLines()
  async listStatementLines(
    @PlatformIdParam('id', EXAMPLE_ID) id: string,
    @Query() query: StatementLinesRequestDto,
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const viewer = viewerOf(caller);
    const { kind, limit = LIMIT_DEFAULT, cursor, timeZone, csv } = query;
    const isCsv = isCsvWanted(query, request, response);
    await this.ranges.check({ timeZone });
    if (!isCsv) {
      response.json(await this.statements.lines(id, { kind, limit, cursor }, viewer));
      return;
    }
    const file = {
      form: csv,
      zone: localZoneOf({ timeZone }),
      localTimes: (instants: readonly string[]) => this.clock.read({ timeZone }, instants),
    };
    await this.exports.send(response, caller.id, (deliver, signal) =>
      this.statements.allLines(
        id,
        kind,
        viewer,
        (lines) =>
          deliver({
            fileName: csvFileName(['statement', id, ...(kind === undefined ? [] : [kind])]),
            text: linesCsv(lines, file),
          }),
        signal,
      ),
    );
  }

  /** Adds up a statement's lines by module, the largest revenue first. */
  @Get(':id/modules')
  @Access('partner', 'finance', 'admin')
  @ApiOkResponse({ description: 'The modules.', type: ModuleSumListDto })
  @ApiProblems(STATEMENTS_PROBLEMS.NOT_FOUND)
  async listStatementModules(
    @PlatformIdParam('id', EXAMPLE_ID) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ModuleSumListDto> {
    return { data: await this.statements.modules(id, viewerOf(caller)) };
  }

  /**
   * Shows what changed of the deployments of a statement's month since its closing: adjustment lines that later
   * statements have, and those that the next closing would write.
   */
  @Get(':id/changes')
  @Access('partner', 'finance', 'admin')
  @ApiOkResponse({ description: 'The changes.', type: StatementChangesDto })
  @ApiProblems(STATEMENTS_PROBLEMS.NOT_FOUND)
  listStatementChanges(
    @PlatformIdParam('id', EXAMPLE_ID) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<StatementChangesDto> {
    return this.statements.changes(id, viewerOf(caller));
  }
}
