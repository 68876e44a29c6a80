import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsOptional, NotEquals } from 'class-validator';
import { formatDecimal, formatInstant } from '../../../domain/index.js';
import { IsDecimalString, IsInstantString, IsPlatformId } from '../../../platform/validation/index.js';
import type { Recorded } from '../../commands/recorded.js';
import { RESERVED_DEPLOYMENT_ID, RESERVED_DEPLOYMENT_ID_MESSAGE } from '../../commands/deployment.js';
import { AllocationDto } from './lot.dto.js';
import { afterwards, AfterwardsDto, entryOf, paymentOf } from './recorded.dto.js';

/** Validates the id of a new deployment. */
function IsDeploymentId(): PropertyDecorator {
  return applyDecorators(
    IsPlatformId({ example: 'dep_81' }),
    NotEquals(RESERVED_DEPLOYMENT_ID, { message: RESERVED_DEPLOYMENT_ID_MESSAGE }),
  );
}

/**
 * A module to deploy, or a deployment that took place. Users and partners can set only `moduleId`, `expectedCost` and
 * their own `userId`.
 */
export class CreateDeploymentRequestDto {
  /** The platform's own id of the deployment; generated if absent. A repeated request charges nothing again. */
  @IsOptional()
  @IsDeploymentId()
  @ApiPropertyOptional()
  id?: string;

  /** The user who deploys and pays; the caller if absent. */
  @IsOptional()
  @IsPlatformId()
  @ApiPropertyOptional()
  userId?: string;

  /** The module to deploy. */
  @IsPlatformId({ example: 'mod_charts' })
  moduleId: string;

  /** The cost in credits. If absent, the module's current cost, or 0 for the module's own partner. */
  @IsOptional()
  @IsDecimalString()
  @ApiPropertyOptional()
  creditCost?: string;

  /**
   * The module's `creditCost` that was shown to the user. If the module has another cost now, nothing is charged and
   * the answer is 409 with the current cost, even if `creditCost` is given. If absent, any cost is accepted.
   */
  @IsOptional()
  @IsDecimalString()
  @ApiPropertyOptional()
  expectedCost?: string;

  /**
   * When the module was deployed: a fact, recorded whatever the balance. If absent, the deployment is charged now, and
   * refused (402) if the credits do not suffice.
   */
  @IsOptional()
  @IsInstantString()
  @ApiPropertyOptional()
  createdAt?: string;
}

/** A deployment with its allocations: creditCost = free + purchased + unpaid + refunded credits. */
export class DeploymentDto {
  @ApiProperty({ type: 'string', example: 'dep_81' })
  id: string;

  /** The user who deployed and pays. */
  @ApiProperty({ type: 'string', example: 'usr_42' })
  userId: string;

  @ApiProperty({ type: 'string', example: 'mod_charts' })
  moduleId: string;

  /** The cost that was frozen when the deployment was recorded. */
  @ApiProperty({ type: 'string', example: '12.5' })
  creditCost: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-05-01T09:30:00Z' })
  createdAt: string;

  /** Credits paid from awards. */
  @ApiProperty({ type: 'string', example: '4' })
  freeCredits: string;

  /** Credits paid from purchases. */
  @ApiProperty({ type: 'string', example: '8.5' })
  purchasedCredits: string;

  /** Credits that the user owes; credits that come in settle them. */
  @ApiProperty({ type: 'string', example: '0' })
  unpaidCredits: string;

  @ApiProperty({ type: 'string', example: '0' })
  refundedCredits: string;

  /** Its allocations after refunds, in the order of payment. */
  @ApiProperty({
    type: [AllocationDto],
    example: [
      { pool: 'free', lotId: 'welcome_42', credits: '4', value: '0' },
      { pool: 'purchased', lotId: 'buy_17', credits: '8.5', value: '0.85' },
    ],
  })
  pieces: AllocationDto[];
}

/** A recorded deployment, with the balance after it. */
export class RecordedDeploymentDto extends IntersectionType(DeploymentDto, AfterwardsDto) {}

/** The answer for a deployment. */
export function deploymentAnswer(recorded: Recorded): RecordedDeploymentDto {
  const { id, moduleId, credits, occurredAt } = entryOf(recorded, 'deployment');
  const { refundedCredits, ...paid } = paymentOf(recorded);
  return {
    id,
    userId: recorded.userId,
    moduleId,
    creditCost: formatDecimal(credits),
    createdAt: formatInstant(occurredAt),
    ...paid,
    refundedCredits,
    ...afterwards(recorded),
  };
}
