import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { PROBLEM_CODE } from '../../../platform/openapi/index.js';
import { IsBooleanParameter } from '../../../platform/validation/index.js';
import type { RefusedLine, TypeTally } from '../../import/import-tally.js';

/** Options of an import. */
export class ImportQueryDto {
  /** `true`: all lines or none. If a line is refused, nothing is imported and the answer is 422. Default `false`. */
  @IsOptional()
  @IsBooleanParameter()
  atomic?: boolean;

  /** `true`: user and module lines change existing records. `false` (default): they are refused if they differ. */
  @IsOptional()
  @IsBooleanParameter()
  update?: boolean;
}

/** Numbers of lines by outcome. */
export class TypeTallyDto implements TypeTally {
  /** Lines that were recorded now. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 3 })
  added: number;

  /** Lines whose content was already recorded; nothing changed. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 0 })
  known: number;

  /** User and module lines that changed existing records, with `update=true`. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 0 })
  changed: number;

  /** Lines that were not recorded; see `refusals`. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 1 })
  refused: number;
}

/** A refused line, with the reason. */
export class RefusedLineDto implements RefusedLine {
  /** The number of the line in the stream; blank lines count. */
  @ApiProperty({ type: 'integer', minimum: 1, example: 4 })
  line: number;

  /** Null if the type could not be read. */
  @ApiProperty({ type: 'string', nullable: true, example: 'refund' })
  type: string | null;

  /** The id of the line's record; null if it could not be read. */
  @ApiProperty({ type: 'string', nullable: true, example: 'refund-17' })
  id: string | null;

  /** Stable code of the problem, the same as in errors of routes. */
  @ApiProperty({ allOf: [PROBLEM_CODE], example: 'CREDITS.MORE_THAN_LEFT' })
  code: string;

  /** What is wrong, and what to do. */
  @ApiProperty({
    type: 'string',
    example: 'deployment d-9 has 2 credits left to refund, not 5',
  })
  reason: string;
}

/** The result of an import. */
export class ImportReportDto extends TypeTallyDto {
  /** Lines that were read, without blank ones: added + known + changed + refused. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 4 })
  lines: number;

  /**
   * The same numbers for each type of line: user, module, award, purchase, deployment, spend, refund, purchaseRefund,
   * purchaseReversal, reversalRelease.
   */
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(TypeTallyDto) },
    example: { deployment: { added: 3, known: 0, changed: 0, refused: 0 } },
  })
  types: Record<string, TypeTallyDto>;

  /** Refused lines whose type could not be read. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 0 })
  unreadable: number;

  /** The refused lines with the lowest numbers, at most 1,000, in order. */
  @ApiProperty({ type: [RefusedLineDto] })
  refusals: readonly RefusedLineDto[];
}
