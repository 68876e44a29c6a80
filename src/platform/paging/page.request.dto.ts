import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { IsIntegerParameter } from '../validation/index.js';
import { CURSOR_PATTERN } from './cursor.js';

/** Parameters of a page; each list adds its own filter. */
export class PageRequestDto {
  /** Maximum number of rows in the answer. */
  @IsOptional()
  @IsIntegerParameter({ min: 1, max: 500, example: 50 })
  @ApiProperty({ required: false, default: 50 })
  limit: number = 50;

  /** `nextCursor` of the previous answer for the same list and filter; leave it out to start at the beginning. */
  @IsOptional()
  @Matches(CURSOR_PATTERN, { message: 'must be a nextCursor of the same list' })
  @ApiProperty({ type: 'string', required: false, maxLength: 2000, example: 'WyJ1ZW9UZFF4bSIsInVzcl80MiJd' })
  cursor?: string;
}
