import { ApiProperty } from '@nestjs/swagger';
import { PageResponseDto } from '../../platform/paging/index.js';
import { AUDIT_OUTCOMES, type AuditDetails, type AuditOutcome } from '../audit-event.js';

/** Somebody did something, or tried to. */
export class AuditEventResponseDto {
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00.123456Z' })
  when: string;

  /** The `sub` of who did it; null: nobody knows, as in an attempt to sign in that failed. */
  @ApiProperty({ type: 'string', nullable: true, example: 'admin_1' })
  actor: string | null;

  /** The roles of its token then. */
  @ApiProperty({ type: 'array', items: { type: 'string' }, example: ['admin'] })
  actorRoles: string[];

  /** What was done: `modules.create`; a refused read is named by its route: `GET /api/revenue/{deploymentId}`. */
  @ApiProperty({ type: 'string', example: 'variables.set' })
  action: string;

  /** The kind of thing that it was done to; null where the action says it. */
  @ApiProperty({ type: 'string', nullable: true, example: 'variable' })
  targetType: string | null;

  /** The id of that thing; null: it was no single thing. */
  @ApiProperty({ type: 'string', nullable: true, example: 'partnerRevenueShare' })
  target: string | null;

  /** Names the request, as in its answer's X-Request-Id and in the logs. */
  @ApiProperty({ type: 'string', example: '5f0c7a52-8f3b-4a53-9a4e-0d4f6c1f7f10' })
  requestId: string;

  /** `done`: something changed; `known`: all was so already; `refused`: the caller may not. */
  @ApiProperty({ type: 'string', enum: [...AUDIT_OUTCOMES], title: 'AuditOutcome', example: 'done' })
  outcome: AuditOutcome;

  /** Small facts beside it, of each action its own; `code` of the problem where it was refused. Nothing personal. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { from: '30', to: '32.5' } })
  details: AuditDetails;
}

/** A part of the audit, the latest event first. */
export class AuditListResponseDto {
  @ApiProperty({ type: [AuditEventResponseDto] })
  data: AuditEventResponseDto[];

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}
