import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { PageResponseDto } from '../platform/paging/index.js';
import { VARIABLE_KEYS, type VariableKey } from './variable-key.js';

/** A new value. */
export class SetVariableRequestDto {
  /** As the variable's own grammar has it, always a string. */
  @IsString({ message: 'must be a string, for numbers too: "30"' })
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

  /** What is in force, in its canonical spelling. */
  @ApiProperty({ type: 'string', example: '32.5' })
  value: string;

  /** What is in force until somebody sets a value. */
  @ApiProperty({ type: 'string', example: '30' })
  default: string;

  /** When the value was set; null: never. */
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2026-05-01T09:30:00.123456Z',
  })
  updatedAt: string | null;

  /** Who set it, the `sub` of the token; null: nobody yet. */
  @ApiProperty({ type: 'string', nullable: true, example: 'admin_1' })
  updatedBy: string | null;
}

/** All settings. */
export class VariableListResponseDto {
  @ApiProperty({ type: [VariableResponseDto] })
  data: VariableResponseDto[];
}

/** One change of a setting. */
export class VariableChangeResponseDto {
  /** The `sub` of who changed it. */
  @ApiProperty({ type: 'string', example: 'admin_1' })
  who: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00.123456Z' })
  when: string;

  /** What was in force before: the default, for the first change. */
  @ApiProperty({ type: 'string', example: '30' })
  from: string;

  @ApiProperty({ type: 'string', example: '32.5' })
  to: string;
}

/** A part of a setting's history, the latest change first. */
export class VariableHistoryResponseDto {
  @ApiProperty({ type: [VariableChangeResponseDto] })
  data: VariableChangeResponseDto[];

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}
