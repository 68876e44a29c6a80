import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { PageRequestDto, PageResponseDto } from '../platform/paging/index.js';
import { IsDayOrInstant, IsOneOf, IsPlatformId, IsText } from '../platform/validation/index.js';
import { AUDIT_OUTCOMES, type AuditDetails, type AuditOutcome } from './audit-event.js';

/** Maximum length of the name of an action or of a kind of target. */
const NAME_MAX_CHARACTERS = 100;

/** Filter of events; all conditions must be met. */
export class AuditListRequestDto extends PageRequestDto {
  /** Only events of this caller, by the `sub` of its token. */
  @IsOptional()
  @IsPlatformId({ example: 'admin_1' })
  @ApiPropertyOptional()
  actor?: string;

  /** Only this action: `modules.create`; for a refused read, its route: `GET /api/revenue/{deploymentId}`. */
  @IsOptional()
  @IsText({ maxCharacters: NAME_MAX_CHARACTERS, example: 'variables.set' })
  @ApiPropertyOptional()
  action?: string;

  /** Only events with a target of this kind: `user`, `module`, `variable`. */
  @IsOptional()
  @IsText({ maxCharacters: NAME_MAX_CHARACTERS, example: 'variable' })
  @ApiPropertyOptional()
  targetType?: string;

  /** Only events with the target with this id. */
  @IsOptional()
  @IsPlatformId({ example: 'partnerRevenueShare' })
  @ApiPropertyOptional()
  target?: string;

  /** Only events with this outcome. */
  @IsOptional()
  @IsOneOf(AUDIT_OUTCOMES)
  @ApiPropertyOptional()
  outcome?: AuditOutcome;

  /** First day (`YYYY-MM-DD`, in UTC) or instant, included. Leave it out to start at the beginning. */
  @IsOptional()
  @IsDayOrInstant({ example: '2026-05-01' })
  @ApiProperty({ required: false })
  startDate?: string;

  /**
   * Last day, included; or an instant, excluded. It must have the same form as `startDate` and must not be before it.
   * Leave it out for no end.
   */
  @IsOptional()
  @IsDayOrInstant({ example: '2026-05-31' })
  @ApiProperty({ required: false })
  endDate?: string;
}

/** One event of the audit. */
export class AuditEventResponseDto {
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00.123456Z' })
  when: string;

  /** The `sub` of the actor's token; null if the actor is unknown, as in a failed sign-in. */
  @ApiProperty({ type: 'string', nullable: true, example: 'admin_1' })
  actor: string | null;

  /** The roles of the token at that time. */
  @ApiProperty({ type: 'array', items: { type: 'string' }, example: ['admin'] })
  actorRoles: string[];

  /** Name of the action: `modules.create`; for a refused read, its route: `GET /api/revenue/{deploymentId}`. */
  @ApiProperty({ type: 'string', example: 'variables.set' })
  action: string;

  /** Kind of target; null if the action implies it. */
  @ApiProperty({ type: 'string', nullable: true, example: 'variable' })
  targetType: string | null;

  /** Id of the target; null if there is no single target. */
  @ApiProperty({ type: 'string', nullable: true, example: 'partnerRevenueShare' })
  target: string | null;

  /** Id of the request, as in the X-Request-Id of its answer and in the logs. */
  @ApiProperty({ type: 'string', example: '5f0c7a52-8f3b-4a53-9a4e-0d4f6c1f7f10' })
  requestId: string;

  /**
   * `done`: something changed; `known`: nothing changed, because it was already so; `refused`: the caller lacks the
   * right.
   */
  @ApiProperty({ type: 'string', enum: [...AUDIT_OUTCOMES], title: 'AuditOutcome', example: 'done' })
  outcome: AuditOutcome;

  /** Details that depend on the action; the `code` of the problem if it was refused. No personal data. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { from: '30', to: '32.5' } })
  details: AuditDetails;
}

/** A page of the audit, latest events first. */
export class AuditListResponseDto {
  @ApiProperty({ type: [AuditEventResponseDto] })
  data: AuditEventResponseDto[];

  @ApiProperty({ type: PageResponseDto })
  page: PageResponseDto;
}
