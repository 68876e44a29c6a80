import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsDecimalString, IsInstantString, IsPlatformId } from '../../../platform/validation/index.js';
import { IsDeploymentId } from '../deployment-id.js';

/** A module to deploy, or a deployment that took place. Users and partners name the module alone. */
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
   * When it was deployed: a fact, recorded whatever the balance. Absent: it is charged now, and refused (402) where the
   * credits do not suffice.
   */
  @IsOptional()
  @IsInstantString()
  @ApiPropertyOptional()
  createdAt?: string;
}
