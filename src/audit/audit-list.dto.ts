import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { PageRequestDto, PageResponseDto } from '../platform/paging/index.js';
import { IsDayOrInstant, IsOneOf, IsPlatformId, IsText } from '../platform/validation/index.js';
import { AUDIT_OUTCOMES, type AuditDetails, type AuditOutcome } from './audit-event.js';

/** Longest name of an action or of a kind of thing. */
const NAME_MAX_CHARACTERS = 100;

/** Which events to list; all conditions hold together. */
export class AuditListRequestDto extends PageRequestDto {
  /** Only what this caller did or tried: the `sub` of its token. */
  @IsOptional()
  @IsPlatformId({ example: 'admin_1' })
  @ApiPropertyOptional()
  actor?: string;

  /** Only this action: `modules.create`; a refused read is named by its route: `GET /api/revenue/{deploymentId}`. */
  @IsOptional()
  @IsText({ maxCharacters: NAME_MAX_CHARACTERS, example: 'variables.set' })
  @ApiPropertyOptional()
  action?: string;

  /** Only events on things of this kind: `user`, `module`, `variable`. */
  @IsOptional()
  @IsText({ maxCharacters: NAME_MAX_CHARACTERS, example: 'variable' })
  @ApiPropertyOptional()
  targetType?: string;

  /** Only events on the thing with this id. */
  @IsOptional()
  @IsPlatformId({ example: 'partnerRevenueShare' })
  @ApiPropertyOptional()
  target?: string;

  /** Only events with this outcome. */
  @IsOptional()
  @IsOneOf(AUDIT_OUTCOMES)
  @ApiPropertyOptional()
  outcome?: AuditOutcome;

  /** First day (`YYYY-MM-DD`, in UTC) or instant, included. Absent: from the beginning. */
  @IsOptional()
  @IsDayOrInstant({ example: '2026-05-01' })
  @ApiProperty({ required: false })
  startDate?: string;

  /** Last day, included; or an instant, excluded. Of the same kind as `startDate`, and not before it. Absent: no end. */
  @IsOptional()
  @IsDayOrInstant({ example: '2026-05-31' })
  @ApiProperty({ required: false })
  endDate?: string;
}

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
