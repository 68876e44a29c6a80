import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { PageRequestDto } from '../../platform/paging/index.js';
import { IsDayOrInstant, IsOneOf, IsPlatformId, IsText } from '../../platform/validation/index.js';
import { AUDIT_OUTCOMES, type AuditOutcome } from '../audit-event.js';

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
