import { ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import {
  IsDecimalString,
  IsInstantString,
  IsPlatformId,
  IsText,
} from '../../../platform/validation/index.js';
import { MAX_TEXT_CHARACTERS } from '../../commands/json-fields.js';

/** What to give back of what the path names. */
@ApiSchema({ name: 'CreateRefund' })
export class RefundRequestDto {
  /** The platform's own id of the refund; absent: one is made. Sent again it gives nothing back again. */
  @IsOptional()
  @IsPlatformId({ example: 'refund_3' })
  @ApiPropertyOptional()
  externalId?: string;

  /** Above 0; absent: all that is left. */
  @IsOptional()
  @IsDecimalString({ positive: true, example: '2' })
  @ApiPropertyOptional()
  credits?: string;

  /** When it was given back; absent: now. */
  @IsOptional()
  @IsInstantString({ example: '2026-05-03T10:00:00Z' })
  @ApiPropertyOptional()
  occurredAt?: string;

  /** Why, for people; gone when the user is anonymised. */
  @IsOptional()
  @IsText({ maxCharacters: MAX_TEXT_CHARACTERS, multiline: true, example: 'did not start' })
  @ApiPropertyOptional()
  reason?: string;
}
