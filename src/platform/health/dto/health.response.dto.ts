import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** How many replicas there are for reports. */
export class ReplicaCountsDto {
  /** Those of DATABASE_REPLICA_URLS. */
  @ApiProperty({ type: 'integer', minimum: 1, example: 2 })
  readonly configured: number;

  /** Those that hold what the primary holds, so that reports may be read from them just now. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 2 })
  readonly usable: number;
}

/** The service is well; anything else is a problem document. */
export class HealthResponseDto {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  readonly status = 'ok';

  /** Absent without replicas. One that is not usable is no failure: the primary answers in its place. */
  @ApiPropertyOptional({ type: ReplicaCountsDto })
  readonly replicas?: ReplicaCountsDto;

  constructor(replicas?: ReplicaCountsDto) {
    if (replicas !== undefined) this.replicas = replicas;
  }
}
