import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import type { StatedStep } from '../domain/index.js';
import { PageResponseDto } from '../platform/paging/index.js';
import { IsDay } from '../platform/validation/index.js';
import { VARIABLE_KEYS, type VariableKey } from './variable-key.js';

/** A new value. */
export class SetVariableRequestDto {
  /** The value in the form of this variable; always a string. */
  @IsString({ message: 'must be a string, for numbers too: "30"' })
  @ApiProperty({ type: 'string', example: '30' })
  value: string;

  /**
   * For `partnerRevenueShare`: the day from which the value holds, in the variable `timeZone`; what is scheduled later
   * stays. Absent: the value replaces all steps, also for past deployments.
   */
  @IsOptional()
  @IsDay({ example: '2026-03-01' })
  @ApiProperty({ required: false })
  effectiveFrom?: string;
}

/** A share, and the time in which it is in force. Revenue of a deployment: gross * the share at its createdAt. */
export class ShareStepDto implements StatedStep {
  /** The first instant; null: from the beginning. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: null })
  from: string | null;

  /** The first instant after it; null: without end. */
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, example: '2026-03-01T00:00:00Z' })
  to: string | null;

  /** In percent. */
  @ApiProperty({ type: 'string', example: '30' })
  value: string;
}

/** A setting of the platform. */
export class VariableResponseDto {
  @ApiProperty({
    type: 'string',
    enum: [...VARIABLE_KEYS],
    title: 'VariableKey',
    example: 'partnerRevenueShare',
  })
  key: VariableKey;

  /** The value in force, in its canonical form. */
  @ApiProperty({ type: 'string', example: '32.5' })
  value: string;

  /** The value in force until a value is set. */
  @ApiProperty({ type: 'string', example: '30' })
  default: string;

  /** When the value was set; null for the default. */
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2026-05-01T09:30:00.123456Z',
  })
  updatedAt: string | null;

  /** The `sub` of the caller who set it; null for the default. */
  @ApiProperty({ type: 'string', nullable: true, example: 'admin_1' })
  updatedBy: string | null;

  /** Only of `partnerRevenueShare`: its steps in the order of time, without gap or overlap. */
  @ApiPropertyOptional({ type: [ShareStepDto] })
  timeline?: readonly ShareStepDto[];
}

/** All variables. */
export class VariableListResponseDto {
  @ApiProperty({ type: [VariableResponseDto] })
  data: VariableResponseDto[];
}

/** One change of a variable. */
export class VariableChangeResponseDto {
  /** The `sub` of the caller who changed it. */
  @ApiProperty({ type: 'string', example: 'admin_1' })
  who: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00.123456Z' })
  when: string;

  /**
   * The value that was in force before; for the first change, the default. With `effectiveFrom`: the value that held
   * from that day on.
   */
  @ApiProperty({ type: 'string', example: '30' })
  from: string;

  @ApiProperty({ type: 'string', example: '32.5' })
  to: string;

  /** Only of `partnerRevenueShare`: the day of the change as it was named; null: it replaced all steps. */
  @ApiPropertyOptional({ type: 'string', format: 'date', nullable: true, example: '2026-03-01' })
  effectiveFrom?: string | null;

  /** The first instant of that day, in the time zone in which it was named. */
  @ApiPropertyOptional({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2026-02-28T23:00:00Z',
  })
  effectiveAt?: string | null;

  /** Only of `partnerRevenueShare`: all steps after the change. */
  @ApiPropertyOptional({ type: [ShareStepDto] })
  timeline?: readonly ShareStepDto[];
}

/** A page of a variable's history, the latest change first. */
export class VariableHistoryResponseDto {
  @ApiProperty({ type: [VariableChangeResponseDto] })
  data: VariableChangeResponseDto[];

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}
