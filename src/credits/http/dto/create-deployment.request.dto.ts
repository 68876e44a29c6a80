import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsDecimalString, IsInstantString, IsPlatformId } from '../../../platform/validation/index.js';
import { IsDeploymentId } from '../deployment-id.decorator.js';

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
