import { ApiProperty } from '@nestjs/swagger';
import type { AnonymisedUser } from '../anonymisation.js';

/** A person of whom nothing but the id and its ledger is left. */
export class AnonymisedUserDto implements AnonymisedUser {
  @ApiProperty({ type: 'string', example: 'usr_42' })
  id: string;

  /** When that was done; the same request again does not change it. */
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-06-01T08:00:00.123456Z' })
  anonymisedAt: string;
}
