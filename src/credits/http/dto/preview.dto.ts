import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsBooleanParameter } from '../../../platform/validation/index.js';

/** Whether a write is only to be shown. */
export class PreviewRequestDto {
  /**
   * `true`: answers as the write would, with its status, and records nothing: no entry, no audit event, no stored answer
   * of an `Idempotency-Key`, which is ignored. An id that the service generates is another one in the write.
   */
  @IsOptional()
  @IsBooleanParameter()
  @ApiPropertyOptional({ example: false })
  preview?: boolean;
}
