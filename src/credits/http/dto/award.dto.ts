import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { formatDecimal, formatInstant } from '../../../domain/index.js';
import {
  IsDecimalString,
  IsInstantString,
  IsPlatformId,
  IsText,
} from '../../../platform/validation/index.js';
import type { Recorded } from '../../commands/recorded.js';
import { MAX_TEXT_CHARACTERS } from '../../commands/json-fields.js';
import {
  effectsOf,
  EffectsDto,
  entryOf,
  instantOrNull,
  SettlementDto,
  settlementsOf,
} from './recorded.dto.js';

/** Free credits for a user. */
export class CreateAwardRequestDto {
  /** The platform's own id of the award; generated if absent. A repeated request grants nothing again. */
  @IsOptional()
  @IsPlatformId({ example: 'welcome_42' })
  @ApiPropertyOptional()
  externalId?: string;

  /** The user who gets the credits. */
  @IsPlatformId()
  userId: string;

  /** Above 0. */
  @IsDecimalString({ positive: true, example: '10' })
  credits: string;

  /** When the credits were granted; now if absent. */
  @IsOptional()
  @IsInstantString()
  @ApiPropertyOptional()
  occurredAt?: string;

  /** After occurredAt. Credits that are left then lapse; they never lapse if absent. */
  @IsOptional()
  @IsInstantString({ example: '2036-05-01T00:00:00Z' })
  @ApiPropertyOptional()
  expiresAt?: string;

  /** A free text. It is erased when the user is anonymised. */
  @IsOptional()
  @IsText({ maxCharacters: MAX_TEXT_CHARACTERS, multiline: true, example: 'a welcome' })
  @ApiPropertyOptional()
  reason?: string;
}

/** A recorded award, with its settlements and the balance after it. */
export class AwardDto extends EffectsDto {
  @ApiProperty({ type: 'string', example: 'welcome_42' })
  externalId: string;

  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  @ApiProperty({ type: 'string', example: '10' })
  credits: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  occurredAt: string;

  /** Null if the credits never lapse. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2036-05-01T00:00:00Z' })
  expiresAt: string | null;

  /** Older debts that these credits settled, in the order of the debts. */
  @ApiProperty({ type: [SettlementDto] })
  settlements: SettlementDto[];
}

/** The answer for an award. */
export function awardAnswer(recorded: Recorded): AwardDto {
  const { id, credits, occurredAt, expiresAt } = entryOf(recorded, 'award');
  return {
    externalId: id,
    userId: recorded.userId,
    credits: formatDecimal(credits),
    occurredAt: formatInstant(occurredAt),
    expiresAt: instantOrNull(expiresAt),
    settlements: settlementsOf(recorded),
    ...effectsOf(recorded),
  };
}
