import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsOptional, NotEquals } from 'class-validator';
import { IsDecimalString, IsInstantString, IsPlatformId } from '../../../platform/validation/index.js';
import { RESERVED_DEPLOYMENT_ID, RESERVED_DEPLOYMENT_ID_MESSAGE } from '../../commands/deployment.js';
import { AllocationDto } from './lot.dto.js';
import { AfterwardsDto } from './recorded.dto.js';

/** The id of a deployment that is to be recorded. */
export function IsDeploymentId(): PropertyDecorator {
  return applyDecorators(
    IsPlatformId({ example: 'dep_81' }),
    NotEquals(RESERVED_DEPLOYMENT_ID, { message: RESERVED_DEPLOYMENT_ID_MESSAGE }),
  );
}

/** A module to deploy, or a deployment that took place. Users and partners name the module, and its cost as they know it. */
export class CreateDeploymentRequestDto {
  /** The platform's own id of the deployment; absent: one is made. Sent again it charges nothing again. */
  @IsOptional()
  @IsDeploymentId()
  @ApiPropertyOptional()
  id?: string;

  /** Who deploys and pays; absent: the caller. */
  @IsOptional()
  @IsPlatformId()
  @ApiPropertyOptional()
  userId?: string;

  /** What is deployed. */
  @IsPlatformId({ example: 'mod_charts' })
  moduleId: string;

  /** Credits that it costs; absent: what the module costs now, and 0 for the module's own partner. */
  @IsOptional()
  @IsDecimalString()
  @ApiPropertyOptional()
  creditCost?: string;

  /**
   * Credits that the module costs as far as the caller knows: its `creditCost`, as it was shown to who agreed to it. Where
   * the module costs something else by now, nothing is charged (409 with the cost now), also where `creditCost` says what
   * to charge instead. Absent: any cost is agreed to.
   */
  @IsOptional()
  @IsDecimalString()
  @ApiPropertyOptional()
  expectedCost?: string;

  /**
   * When it was deployed: a fact, recorded whatever the balance. Absent: it is charged now, and refused (402) where the
   * credits do not suffice.
   */
  @IsOptional()
  @IsInstantString()
  @ApiPropertyOptional()
  createdAt?: string;
}

/** A deployment and what pays for it: creditCost = free + purchased + unpaid + refunded credits. */
export class DeploymentDto {
  @ApiProperty({ type: 'string', example: 'dep_81' })
  id: string;

  /** Who deployed and pays. */
  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  @ApiProperty({ type: 'string', example: 'mod_charts' })
  moduleId: string;

  /** As it was fixed when the deployment was recorded. */
  @ApiProperty({ type: 'string', example: '12.5' })
  creditCost: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  createdAt: string;

  /** Paid from awards. */
  @ApiProperty({ type: 'string', example: '4' })
  freeCredits: string;

  /** Paid from purchases. */
  @ApiProperty({ type: 'string', example: '8.5' })
  purchasedCredits: string;

  /** Owed: credits that come in settle it. */
  @ApiProperty({ type: 'string', example: '0' })
  unpaidCredits: string;

  @ApiProperty({ type: 'string', example: '0' })
  refundedCredits: string;

  /** What pays for it after refunds, in the order in which it paid. */
  @ApiProperty({
    type: [AllocationDto],
    example: [
      { pool: 'free', lotId: 'welcome_42', credits: '4', value: '0' },
      { pool: 'purchased', lotId: 'buy_17', credits: '8.5', value: '0.85' },
    ],
  })
  pieces: AllocationDto[];
}

/** A deployment as it stands once it is recorded. */
export class RecordedDeploymentDto extends IntersectionType(DeploymentDto, AfterwardsDto) {}
