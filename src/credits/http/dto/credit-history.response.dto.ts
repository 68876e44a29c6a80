import { ApiProperty } from '@nestjs/swagger';
import { ORDERS, PageResponseDto, type Order } from '../../../platform/paging/index.js';
import { TimeRangeResponseDto } from '../../../variables/index.js';
import { HistoryLineDto } from './history-line.response.dto.js';

/** The filter and order that a history went by. */
export class CreditHistoryFilterDto extends TimeRangeResponseDto {
  /** As given; null: now. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  asOf: string | null;

  /** `asc`: oldest first; `desc`: newest first. */
  @ApiProperty({ enum: ORDERS, title: 'SortOrder', example: 'asc' })
  order: Order;
}

/** A page of a user's history, in the order of `filter.order`, from one snapshot. */
export class CreditHistoryDto {
  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  /** Balances are those of the whole history, whatever the range is. */
  @ApiProperty({ type: [HistoryLineDto] })
  data: readonly HistoryLineDto[];

  @ApiProperty({ type: CreditHistoryFilterDto })
  filter: CreditHistoryFilterDto;

  /** Everything recorded by then is in the answer. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123456Z' })
  snapshotAt: string;

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}
