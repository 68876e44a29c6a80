import { ApiProperty } from '@nestjs/swagger';

/** The service is well; anything else is a problem document. */
export class HealthResponseDto {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  readonly status = 'ok';
}
