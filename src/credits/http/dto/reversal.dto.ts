import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { hasAnyRole, type Caller } from '../../../auth/index.js';
import {
  creditsTaken,
  formatDecimal,
  formatInstant,
  type LotReversal,
  type Micros,
  type ReversalCause,
} from '../../../domain/index.js';
import {
  IsDecimalString,
  IsInstantString,
  IsOneOf,
  IsPlatformId,
} from '../../../platform/validation/index.js';
import { REVERSAL_CAUSES } from '../../commands/purchase-reversal.js';
import type { Recorded } from '../../commands/recorded.js';
import {
  BeforeAndAfterDto,
  effectsOf,
  entryOf,
  postingOf,
  RevenueChangeDto,
  SettlementDto,
  settlementDtos,
  settlementsOf,
  decimalOrNull,
} from './recorded.dto.js';

/** Money of the purchase in the path that was taken back. */
@ApiSchema({ name: 'CreateReversal' })
export class ReversalRequestDto {
  /** The platform's own id of the reversal; generated if absent. A repeated request reverses nothing again. */
  @IsOptional()
  @IsPlatformId({ example: 'dispute_9' })
  @ApiPropertyOptional()
  externalId?: string;

  /** Above 0. All that is left to reverse if absent. */
  @IsOptional()
  @IsDecimalString({ positive: true, example: '60' })
  @ApiPropertyOptional()
  credits?: string;

  /** When the money was taken back; now if absent. */
  @IsOptional()
  @IsInstantString({ example: '2026-05-20T10:00:00Z' })
  @ApiPropertyOptional()
  occurredAt?: string;

  /** Why it was taken back. */
  @IsOptional()
  @IsOneOf(REVERSAL_CAUSES, 'ReversalReason')
  @ApiPropertyOptional({ example: 'chargeback' })
  reason?: ReversalCause;
}

/** A release of the reversal in the path. */
@ApiSchema({ name: 'CreateRelease' })
export class ReleaseRequestDto {
  /** The platform's own id of the release; generated if absent. A repeated request releases nothing again. */
  @IsOptional()
  @IsPlatformId({ example: 'dispute_9_won' })
  @ApiPropertyOptional()
  externalId?: string;

  /** When the money came back; now if absent. */
  @IsOptional()
  @IsInstantString({ example: '2026-06-20T10:00:00Z' })
  @ApiPropertyOptional()
  occurredAt?: string;
}

/** The state before and after a reversal or release, and for finance and admin the partners' revenue that it changed. */
class ReversedStateDto extends BeforeAndAfterDto {
  /** The modules whose gross revenue changed, by id. For finance and admin only. */
  @ApiPropertyOptional({ type: [RevenueChangeDto] })
  revenueChanges?: RevenueChangeDto[];

  /** The partners of `changedDeployments`, by id. For finance and admin only. */
  @ApiPropertyOptional({ type: [String], example: ['partner_7'] })
  changedPartners?: string[];

  /**
   * The statements of closed months to which `changedDeployments` belong, by id; the next closing writes the adjustments.
   * For finance and admin only.
   */
  @ApiPropertyOptional({ type: [String], example: ['partner_7.2026-05'] })
  changedStatements?: string[];
}

/** A recorded reversal, with its effects. */
export class ReversalDto extends ReversedStateDto {
  @ApiProperty({ type: 'string', example: 'dispute_9' })
  externalId: string;

  @ApiProperty({ type: 'string', example: 'buy_17' })
  purchaseExternalId: string;

  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  /** The credits that the request asked for; null for all that is left to reverse. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  credits: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-20T10:00:00Z' })
  occurredAt: string;

  @ApiProperty({ enum: REVERSAL_CAUSES, title: 'ReversalReason', nullable: true, example: 'chargeback' })
  reason: ReversalCause | null;

  /** The credits that were taken back: of those left, then of lapsed ones, then of those that were used. */
  @ApiProperty({ type: 'string', example: '100' })
  reversedCredits: string;

  /** The value of these credits. */
  @ApiProperty({ type: 'string', example: '10' })
  reversedValue: string;

  /** Credits that the request asked for and that the purchase did not hold at that time. */
  @ApiProperty({ type: 'string', example: '0' })
  shortfallCredits: string;

  /** Debts that other credits of the user settled, in the order of the debts. */
  @ApiProperty({ type: [SettlementDto] })
  settlements: SettlementDto[];
}

/** A recorded release, with its effects. */
export class ReleaseDto extends ReversedStateDto {
  @ApiProperty({ type: 'string', example: 'dispute_9_won' })
  externalId: string;

  @ApiProperty({ type: 'string', example: 'dispute_9' })
  reversalExternalId: string;

  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-20T10:00:00Z' })
  occurredAt: string;

  /** The credits that were given back: all that the reversal took. */
  @ApiProperty({ type: 'string', example: '100' })
  releasedCredits: string;

  /** The value of these credits. */
  @ApiProperty({ type: 'string', example: '10' })
  releasedValue: string;

  /** Spends that are paid again, then older debts that the other credits settled. */
  @ApiProperty({ type: [SettlementDto] })
  settlements: SettlementDto[];
}

/** The answer for a reversal. */
export function reversalAnswer(recorded: Recorded, caller: Caller): ReversalDto {
  const { id, purchaseId, credits, cause, occurredAt } = entryOf(recorded, 'purchaseReversal');
  const { reversal, shortfallCredits } = postingOf(recorded);
  return {
    externalId: id,
    purchaseExternalId: purchaseId,
    userId: recorded.userId,
    credits: decimalOrNull(credits),
    occurredAt: formatInstant(occurredAt),
    reason: cause,
    reversedCredits: formatDecimal(reversal === null ? 0n : creditsTaken(reversal)),
    reversedValue: formatDecimal(reversal === null ? 0n : valueTaken(reversal)),
    shortfallCredits: formatDecimal(shortfallCredits),
    settlements: settlementsOf(recorded),
    ...stateFor(caller, recorded),
  };
}

/** The answer for a release. */
export function releaseAnswer(recorded: Recorded, caller: Caller): ReleaseDto {
  const { id, reversalId, occurredAt } = entryOf(recorded, 'reversalRelease');
  const { settlements, release } = postingOf(recorded);
  const payments = release?.payments ?? [];
  const sum = (part: 'takenCredits' | 'takenValue', rest: Micros): string =>
    formatDecimal(payments.reduce((total, { allocation }) => total + allocation[part], rest));
  return {
    externalId: id,
    reversalExternalId: reversalId,
    userId: recorded.userId,
    occurredAt: formatInstant(occurredAt),
    releasedCredits: sum('takenCredits', release?.returned.credits ?? 0n),
    releasedValue: sum('takenValue', release?.returned.value ?? 0n),
    settlements: settlementDtos([...payments, ...settlements]),
    ...stateFor(caller, recorded),
  };
}

/** Which partners earn less is for finance and admin alone. */
function stateFor(caller: Caller, recorded: Recorded): ReversedStateDto {
  const { revenueChanges, ...state } = effectsOf(recorded);
  if (!hasAnyRole(caller, 'finance', 'admin')) return state;
  const { changedPartners = [], changedStatements = [] } = recorded.effects ?? {};
  return {
    ...state,
    revenueChanges,
    changedPartners: [...changedPartners],
    changedStatements: [...changedStatements],
  };
}

function valueTaken({ left, lapsed, takenBack }: LotReversal): Micros {
  return takenBack.reduce((sum, { value }) => sum + value, left.value + lapsed.value);
}
