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

/** Maximum number of `userIds` in a batch (docs/contract.md). A batch for all users has no such list. */
const USERS_MAX = 10_000;

/** A list of different users. */
function IsUserList(): PropertyDecorator {
  return applyDecorators(
    ValidateBy({
      name: 'isUserList',
      validator: {
        validate: isUserList,
        defaultMessage: () => `must be a list of 1 to ${USERS_MAX} different user ids`,
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

/** Maximum length of a batch's id; the ids of its awards are longer by a colon and a number. */
const BATCH_ID_MAX_CHARACTERS = 100;

/** One award to many users: either to `userIds`, or with `all: true` to all users. */
export class CreateAwardBatchRequestDto {
  /** The platform's own id of the batch. A repeated request grants nothing again. */
  @IsPlatformId({ example: 'spring_2026' })
  @MaxLength(BATCH_ID_MAX_CHARACTERS, {
    message: `must have at most ${BATCH_ID_MAX_CHARACTERS} characters, because the awards' ids begin with it`,
  })
  @ApiProperty({ maxLength: BATCH_ID_MAX_CHARACTERS })
  externalId: string;

  /** The users who get the award. */
  @IsOptional()
  @IsUserList()
  @ApiPropertyOptional()
  userIds?: string[];

  /** `true` for all users who are recorded now. */
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  @ApiPropertyOptional({ type: 'boolean', default: false })
  all?: boolean;

  /** Credits for each user, above 0. */
  @IsDecimalString({ positive: true, example: '10' })
  credits: string;

  /** When the credits were granted, the same for all users. The time of acceptance if absent. */
  @IsOptional()
  @IsInstantString()
  @ApiPropertyOptional()
  occurredAt?: string;

  /** After occurredAt. Credits that are left then lapse; they never lapse if absent. */
  @IsOptional()
  @IsInstantString({ example: '2036-05-01T00:00:00Z' })
  @ApiPropertyOptional()
  expiresAt?: string;

  /** A free text. It is erased for each user who is anonymised. */
  @IsOptional()
  @IsText({ maxCharacters: MAX_TEXT_CHARACTERS, multiline: true, example: 'a gift in spring' })
  @ApiPropertyOptional()
  reason?: string;
}

/** A user whose award was refused, with the reason. */
export class RefusedAwardDto implements RefusedAward {
  @ApiProperty({ type: 'string', example: 'usr_43' })
  userId: string;

  /** The id that the award would have: the batch's id, a colon, and the user's number. */
  @ApiProperty({ type: 'string', example: 'spring_2026:2' })
  externalId: string;

  /** Stable code of the problem, the same as in errors of routes. */
  @ApiProperty({ allOf: [PROBLEM_CODE], example: 'CREDITS.UNKNOWN_USER' })
  code: string;

  @ApiProperty({ type: 'string', example: 'There is no user usr_43; record it first.' })
  reason: string;
}

/** One award to many users, and its progress: done + refused = total once it is finished. */
export class AwardBatchDto implements AwardBatchProgress {
  @ApiProperty({ type: 'string', example: 'spring_2026' })
  externalId: string;

  /** The path at which this answer can be read again, with the progress made until then. */
  @ApiProperty({ type: 'string', example: '/api/credits/awards/batches/spring_2026' })
  statusAddress: string;

  /** Credits for each user. */
  @ApiProperty({ type: 'string', example: '10' })
  credits: string;

  /** The same for all users, even if their awards are recorded later. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  occurredAt: string;

  /** Null if the credits never lapse. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2036-05-01T00:00:00Z' })
  expiresAt: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  acceptedAt: string;

  /** Null until all awards are recorded or refused. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2026-05-01T09:30:04.500Z' })
  finishedAt: string | null;

  /** Number of users, fixed when the batch was accepted. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 2 })
  total: number;

  /** Number of users whose award is recorded. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 1 })
  done: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 1 })
  refused: number;

  /** The refused users, at most 1,000, in the order of their ids. */
  @ApiProperty({ type: [RefusedAwardDto] })
  refusals: readonly RefusedAwardDto[];
}
