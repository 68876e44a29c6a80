import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { PROBLEM_CODE } from '../../../platform/openapi/index.js';
import { IsBooleanParameter } from '../../../platform/validation/index.js';
import type { RefusedLine, TypeTally } from '../../import/import-tally.js';

/** How an import treats what it finds. */
export class ImportQueryDto {
  /** `true`: all lines or none; a refused line undoes everything and the answer is 422. Default `false`. */
  @IsOptional()
  @IsBooleanParameter()
  atomic?: boolean;

  /** `true`: user and module lines change what is there. Default `false`: they are refused where they differ. */
  @IsOptional()
  @IsBooleanParameter()
  update?: boolean;
}

/** What became of lines, counted. */
export class TypeTallyDto implements TypeTally {
  /** Recorded now. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 3 })
  added: number;

  /** Said what was recorded before; nothing changed. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 0 })
  known: number;

  /** User and module lines that changed what was there, with `update=true`. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 0 })
  changed: number;

  /** Not recorded; see `refusals`. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 1 })
  refused: number;
}

/** A refused line, for the person who mends the file. */
export class RefusedLineDto implements RefusedLine {
  /** Its number in the stream; blank lines count. */
  @ApiProperty({ type: 'integer', minimum: 1, example: 4 })
  line: number;

  /** Null where it could not be read. */
  @ApiProperty({ type: 'string', nullable: true, example: 'refund' })
  type: string | null;

  /** The id that the line gives to what it records; null where it could not be read. */
  @ApiProperty({ type: 'string', nullable: true, example: 'refund-17' })
  id: string | null;

  /** Stable code, as in the errors of routes. */
  @ApiProperty({ allOf: [PROBLEM_CODE], example: 'CREDITS.MORE_THAN_LEFT' })
  code: string;

  /** What is wrong and what to do about it. */
  @ApiProperty({
    type: 'string',
    example: 'deployment d-9 has 2 credits left to refund, not 5',
  })
  reason: string;
}

/** What an import did. */
export class ImportReportDto extends TypeTallyDto {
  /** Lines read, blank ones left out: added + known + changed + refused. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 4 })
  lines: number;

  /** The same per type of line: user, module, award, purchase, deployment, spend, refund, purchaseRefund. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(TypeTallyDto) },
    example: { deployment: { added: 3, known: 0, changed: 0, refused: 0 } },
  })
  types: Record<string, TypeTallyDto>;

  /** Lines whose type could not be read; they are among the refused. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 0 })
  unreadable: number;

  /** The refused lines with the lowest numbers, at most 1,000, in order. */
  @ApiProperty({ type: [RefusedLineDto] })
  refusals: readonly RefusedLineDto[];
}
