import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, MaxLength } from 'class-validator';
import {
  IsDecimalString,
  IsInstantString,
  IsPlatformId,
  IsText,
} from '../../../platform/validation/index.js';
import { MAX_TEXT_CHARACTERS } from '../../commands/json-fields.js';
import { IsUserList } from '../user-list.decorator.js';

/** Longest id of a batch: its awards' ids add a colon and a number to it. */
const BATCH_ID_MAX_CHARACTERS = 100;

/** One award to many users. Either `userIds` or `all: true`. */
export class CreateAwardBatchRequestDto {
  /** The platform's own id of the batch. Sent again it grants nothing again. */
  @IsPlatformId({ example: 'spring_2026' })
  @MaxLength(BATCH_ID_MAX_CHARACTERS, {
    message: `must have at most ${BATCH_ID_MAX_CHARACTERS} characters, as the awards' ids begin with it`,
  })
  @ApiProperty({ maxLength: BATCH_ID_MAX_CHARACTERS })
  externalId: string;

  /** Who gets them. */
  @IsOptional()
  @IsUserList()
  @ApiPropertyOptional()
  userIds?: string[];

  /** `true`: everybody who is recorded now. */
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  @ApiPropertyOptional({ type: 'boolean', default: false })
  all?: boolean;

  /** For each, above 0. */
  @IsDecimalString({ positive: true, example: '10' })
  credits: string;

  /** When they were granted, to all at the same instant; absent: now, when the batch is accepted. */
  @IsOptional()
  @IsInstantString()
  @ApiPropertyOptional()
  occurredAt?: string;

  /** After occurredAt: what is left then lapses. Absent: never. */
  @IsOptional()
  @IsInstantString({ example: '2036-05-01T00:00:00Z' })
  @ApiPropertyOptional()
  expiresAt?: string;

  /** Why, for people; gone for each user who is anonymised. */
  @IsOptional()
  @IsText({ maxCharacters: MAX_TEXT_CHARACTERS, multiline: true, example: 'a gift in spring' })
  @ApiPropertyOptional()
  reason?: string;
}
