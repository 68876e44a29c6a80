import { ApiProperty } from '@nestjs/swagger';

/** Where an answer stands in its list. */
export class PageResponseDto {
  /** Most rows of this answer. */
  @ApiProperty({ type: 'integer', example: 50 })
  limit: number;

  /** The `cursor` that asks for the rows after these; null: there are none. */
  @ApiProperty({ type: 'string', nullable: true, example: 'WyJ1ZW9UZFF4bSIsInVzcl80MiJd' })
  nextCursor: string | null;
}
