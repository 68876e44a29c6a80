import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Number of replicas for reports. */
export class ReplicaCountsDto {
  /** Replicas in DATABASE_REPLICA_URLS. */
  @ApiProperty({ type: 'integer', minimum: 1, example: 2 })
  readonly configured: number;

  /** Replicas that are up to date, so that reports can be read from them now. */
  @ApiProperty({ type: 'integer', minimum: 0, example: 2 })
  readonly usable: number;
}

/** The service works; a failure is reported as a problem document. */
export class HealthResponseDto {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  readonly status = 'ok';

  /** Absent if no replicas are configured. An unusable replica is not a failure: the primary serves its reads. */
  @ApiPropertyOptional({ type: ReplicaCountsDto })
  readonly replicas?: ReplicaCountsDto;

  constructor(replicas?: ReplicaCountsDto) {
    if (replicas !== undefined) this.replicas = replicas;
  }
}
