import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { IsIntegerParameter } from '../validation/index.js';
import { CURSOR_PATTERN } from './cursor.js';

/** Which part of a list; the query of a list adds its own filter. */
export class PageRequestDto {
  /** Most rows of one answer. */
  @IsOptional()
  @IsIntegerParameter({ min: 1, max: 500, example: 50 })
  @ApiProperty({ required: false, default: 50 })
  limit: number = 50;

  /** `nextCursor` of the answer before, for the same list and filter; absent: from the start. */
  @IsOptional()
  @Matches(CURSOR_PATTERN, { message: 'must be a nextCursor of this very list' })
  @ApiProperty({ type: 'string', required: false, maxLength: 2000, example: 'WyJ1ZW9UZFF4bSIsInVzcl80MiJd' })
  cursor?: string;
}
