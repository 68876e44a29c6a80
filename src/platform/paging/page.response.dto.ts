import { ApiProperty } from '@nestjs/swagger';

/** Position of an answer in its list. */
export class PageResponseDto {
  /** Maximum number of rows in this answer. */
  @ApiProperty({ type: 'integer', example: 50 })
  limit: number;

  /** The `cursor` for the next page; null if there are no more rows. */
  @ApiProperty({ type: 'string', nullable: true, example: 'WyJ1ZW9UZFF4bSIsInVzcl80MiJd' })
  nextCursor: string | null;
}
