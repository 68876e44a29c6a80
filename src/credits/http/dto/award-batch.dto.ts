import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, MaxLength, ValidateBy } from 'class-validator';
import { isPlatformId, PLATFORM_ID } from '../../../domain/index.js';
import { PROBLEM_CODE } from '../../../platform/openapi/index.js';
import {
  IsDecimalString,
  IsInstantString,
  IsPlatformId,
  IsText,
} from '../../../platform/validation/index.js';
import type { AwardBatchProgress, RefusedAward } from '../../batches/award-batches.service.js';
import { MAX_TEXT_CHARACTERS } from '../../commands/json-fields.js';

/** Most users that one batch names (docs/contract.md); all of them can be meant without being named. */
const USERS_MAX = 10_000;

/** A list of different users. */
export function IsUserList(): PropertyDecorator {
  return applyDecorators(
    ValidateBy({
      name: 'isUserList',
      validator: {
        validate: isUserList,
        defaultMessage: () => `must be a list of 1 to ${USERS_MAX} different ids of users`,
      },
    }),
    ApiProperty({
      type: 'array',
      items: { type: 'string', pattern: PLATFORM_ID.source, maxLength: 128 },
      minItems: 1,
      maxItems: USERS_MAX,
      uniqueItems: true,
      example: ['usr_42', 'usr_43'],
    }),
  );
}

function isUserList(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > USERS_MAX) return false;
  return (
    new Set(value).size === value.length && value.every((id) => typeof id === 'string' && isPlatformId(id))
  );
}

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

/** A user who did not get the award, and why. */
export class RefusedAwardDto implements RefusedAward {
  @ApiProperty({ type: 'string', example: 'usr_43' })
  userId: string;

  /** The award's id would have been: the batch's, a colon, and the number of the user. */
  @ApiProperty({ type: 'string', example: 'spring_2026:2' })
  externalId: string;

  /** Stable code, as in the errors of routes. */
  @ApiProperty({ allOf: [PROBLEM_CODE], example: 'CREDITS.UNKNOWN_USER' })
  code: string;

  @ApiProperty({ type: 'string', example: 'There is no user usr_43; record it first.' })
  reason: string;
}

/** One award to many users, and how far it has come: done + refused = total once it is finished. */
export class AwardBatchDto implements AwardBatchProgress {
  @ApiProperty({ type: 'string', example: 'spring_2026' })
  externalId: string;

  /** Address of this very answer, as it is later. */
  @ApiProperty({ type: 'string', example: '/api/credits/awards/batches/spring_2026' })
  statusAddress: string;

  /** For each user. */
  @ApiProperty({ type: 'string', example: '10' })
  credits: string;

  /** The same for all users, whenever each award is recorded. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  occurredAt: string;

  /** Null: the credits never lapse. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2036-05-01T00:00:00Z' })
  expiresAt: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  acceptedAt: string;

  /** Null: it is still being worked on. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2026-05-01T09:30:04.500Z' })
  finishedAt: string | null;

  /** Users that it is for, fixed when it was accepted. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 2 })
  total: number;

  /** Users whose award is recorded. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 1 })
  done: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 1 })
  refused: number;

  /** The refused ones, at most 1,000, in the order of their ids. */
  @ApiProperty({ type: [RefusedAwardDto] })
  refusals: readonly RefusedAwardDto[];
}
