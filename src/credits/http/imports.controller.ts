import { Controller, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { appendEvent, AuditedAs, type AuditDetails, type AuditOutcome } from '../../audit/index.js';
import { Access, CurrentCaller, type Caller } from '../../auth/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { HTTP_PROBLEMS, ReadsBodyStream, RequestId } from '../../platform/http/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import { Problem } from '../../platform/problem/index.js';
import { ImportSlots, UPLOAD_PROBLEMS, uploadOf } from '../../platform/transfers/index.js';
import { VALIDATION_PROBLEMS } from '../../platform/validation/index.js';
import { IMPORT_PROBLEMS } from '../credits.problems.js';
import { ImportQueryDto, ImportReportDto, TypeTallyDto } from './dto/import.dto.js';
import { gunzipped } from '../import/import-source.js';
import { ImportService, type ImportEnding } from '../import/import.service.js';
import type { ImportReport } from '../import/import-tally.js';

const NDJSON = 'application/x-ndjson';
/** The action of an import in the audit. */
const RUN_IMPORT = 'imports.run';

const EXAMPLE_BODY = [
  '{"type":"user","id":"u-1","email":"ada@example.com","roles":["user"]}',
  '{"type":"user","id":"p-1","roles":["partner"]}',
  '{"type":"module","id":"m-1","name":"Maps","partnerId":"p-1","creditCost":"5"}',
  '{"type":"purchase","externalId":"buy-1","userId":"u-1","credits":"100","amount":"10","occurredAt":"2026-05-01T09:00:00Z"}',
  '{"type":"deployment","id":"d-1","userId":"u-1","moduleId":"m-1","createdAt":"2026-05-01T09:30:00Z"}',
].join('\n');

/** Imports of a platform's history, of any size. */
@ApiTags('imports')
@ApiExtraModels(TypeTallyDto)
@Controller('api/imports')
export class ImportController {
  constructor(
    private readonly imports: ImportService,
    private readonly slots: ImportSlots,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Imports users, modules and ledger entries, one JSON record a line, in any order of lines. Each line is recorded or
   * refused on its own; repeated lines change nothing. A body can be sent with `Content-Encoding: gzip`.
   */
  @Post()
  @HttpCode(200)
  @Access('platform', 'admin')
  @AuditedAs(RUN_IMPORT)
  @ReadsBodyStream({ mediaTypes: [NDJSON], encodings: ['gzip'] })
  @ApiBody({
    description:
      'One record a line. `type` is `user`, `module` or a type of entry; the other fields are those of the type.',
    schema: { type: 'string', example: EXAMPLE_BODY },
  })
  @ApiOkResponse({
    description: 'The number of lines by outcome, and the refused lines.',
    type: ImportReportDto,
  })
  @ApiProblems(
    VALIDATION_PROBLEMS.INVALID,
    IMPORT_PROBLEMS.NOT_GZIP,
    HTTP_PROBLEMS.UNSUPPORTED_MEDIA_TYPE,
    IMPORT_PROBLEMS.ALL_OR_NOTHING,
    UPLOAD_PROBLEMS.TOO_MANY,
    UPLOAD_PROBLEMS.BROKEN_OFF,
    UPLOAD_PROBLEMS.SILENT,
  )
  async importLedger(
    @Query() query: ImportQueryDto,
    @Req() request: Request,
    @CurrentCaller() importer: Caller,
    @RequestId() requestId: string,
  ): Promise<ImportReport> {
    const freeSlot = this.slots.take(importer.id);
    try {
      return await this.importBody(query, request, importer, requestId);
    } finally {
      freeSlot();
    }
  }

  private async importBody(
    { atomic = false, update = false }: ImportQueryDto,
    request: Request,
    importer: Caller,
    requestId: string,
  ): Promise<ImportReport> {
    const { bytes, signal } = uploadOf(request, this.config.transfers.stall_seconds * 1_000);
    const isPacked = request.headers['content-encoding']?.trim().toLowerCase() === 'gzip';
    const report = await this.imports.import(isPacked ? gunzipped(bytes) : bytes, {
      atomic,
      update,
      importer,
      signal,
      onEnd: (ending, soFar, manager) =>
        appendEvent(manager, {
          actor: importer,
          action: RUN_IMPORT,
          target: null,
          requestId,
          outcome: outcomeOf(ending, soFar),
          details: { ending, atomic, update, ...countsOf(soFar) },
        }),
    });
    if (atomic && report.refused > 0) throw refusal(report);
    return report;
  }
}

function outcomeOf(ending: ImportEnding, { added, changed, refused }: ImportReport): AuditOutcome {
  if (ending === 'refused') return 'refused';
  if (added + changed > 0) return 'done';
  return refused > 0 ? 'refused' : 'known';
}

/** Numbers of lines by outcome, and of the report's refused lines by code. */
function countsOf({ lines, added, known, changed, refused, refusals }: ImportReport): AuditDetails {
  const codes: Record<string, number> = {};
  for (const { code } of refusals) codes[code] = (codes[code] ?? 0) + 1;
  return { lines, added, known, changed, refused, codes };
}

function refusal({ refused, lines, refusals }: ImportReport): Problem {
  return new Problem(
    IMPORT_PROBLEMS.ALL_OR_NOTHING,
    `${refused} of ${lines} lines were refused, so nothing was imported. Correct them, or import without atomic=true.`,
    {
      errors: refusals.map(({ line, code, reason }) => ({
        field: `line ${line}`,
        message: `${code}: ${reason}`,
      })),
    },
  );
}
