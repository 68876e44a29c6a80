import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { PageResponseDto } from '../platform/paging/index.js';
import { VARIABLE_KEYS, type VariableKey } from './variable-key.js';

/** A new value. */
export class SetVariableRequestDto {
  /** The value in the form of this variable; always a string. */
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

  /** The value that was in force before; for the first change, the default. */
  @ApiProperty({ type: 'string', example: '30' })
  from: string;

  @ApiProperty({ type: 'string', example: '32.5' })
  to: string;
}

/** A page of a variable's history, the latest change first. */
export class VariableHistoryResponseDto {
  @ApiProperty({ type: [VariableChangeResponseDto] })
  data: VariableChangeResponseDto[];

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}
