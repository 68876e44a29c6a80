import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';

/** A new value. */
export class SetVariableRequestDto {
  /** As the variable's own grammar has it, always a string. */
  @IsString({ message: 'must be a string, for numbers too: "30"' })
  @ApiProperty({ type: 'string', example: '30' })
  value: string;
}
