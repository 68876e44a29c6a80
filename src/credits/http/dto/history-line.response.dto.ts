import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Pool, SpendCategory } from '../../../domain/index.js';
import { BalanceDto } from './balance.response.dto.js';
import { MovementDto } from './movement.response.dto.js';

/** What a line of a history can be. */
export const HISTORY_LINE_TYPES = [
  'award',
  'purchase',
  'deployment',
  'spend',
  'refund',
  'purchaseRefund',
  'expiry',
] as const;
export type HistoryLineType = (typeof HISTORY_LINE_TYPES)[number];

/** One entry of a user's credit history, or the expiry of a lot. What a type does not have is null. */
export class HistoryLineDto {
  @ApiProperty({ enum: HISTORY_LINE_TYPES, title: 'HistoryLineType', example: 'deployment' })
  type: HistoryLineType;

  /** A deployment's id, any other entry's externalId; of an expiry that of its lot. */
  @ApiProperty({ type: 'string', example: 'dep_1001' })
  id: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  occurredAt: string;

  /** What the entry is about: granted, bought, charged, given back or lapsed credits. Never negative. */
  @ApiProperty({ type: 'string', example: '12.5' })
  credits: string;

  /** Of a purchase: the money paid. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  amount: string | null;

  /** Of an award or purchase whose credits lapse: when. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  expiresAt: string | null;

  /** Of a deployment. */
  @ApiProperty({ type: 'string', nullable: true, example: 'mod_charts' })
  moduleId: string | null;

  /** Of a spend: what it was for. */
  @ApiProperty({ enum: ['project', 'build', 'adjustment'], nullable: true, example: null })
  category: SpendCategory | null;

  /** Of a deployment or spend: which credits may pay for it. */
  @ApiProperty({ enum: ['any', 'free', 'purchased'], nullable: true, example: 'any' })
  pool: Pool | null;

  /** Of a refund: what was given back. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  deploymentId: string | null;

  /** Of a purchaseRefund: what was given back. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  purchaseExternalId: string | null;

  /** Of a refund: the part of its credits that had never been paid, so that nothing returned for it. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  cancelledCredits: string | null;

  /** Of a refund or purchaseRefund: what it states and could not take, because an entry told later left less. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  shortfallCredits: string | null;

  /** Every lot that credits went into or came out of, in that order; none for a deployment that cost nothing. */
  @ApiProperty({ type: [MovementDto] })
  movements: readonly MovementDto[];

  /** Right after this line. */
  @ApiProperty({ type: BalanceDto })
  balanceAfter: BalanceDto;

  /** The free text that came with it; null: none, or erased. For finance, admin and platform. */
  @ApiPropertyOptional({ type: 'string', nullable: true, example: null })
  reason?: string | null;
}
