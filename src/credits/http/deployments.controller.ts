import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditedAs, CurrentWrite, type CurrentHttpWrite } from '../../audit/index.js';
import {
  Access,
  ANY_ROLE,
  AUTH_PROBLEMS,
  CurrentCaller,
  WritesMoney,
  type Caller,
} from '../../auth/index.js';
import { MODULES_PROBLEMS } from '../../modules/index.js';
import { HonoursIdempotencyKey } from '../../platform/idempotency/index.js';
import { ApiProblems } from '../../platform/openapi/index.js';
import { PlatformIdParam } from '../../platform/validation/index.js';
import { Charges } from '../charging/charges.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';
import { RefundDto, RefundRequestDto } from './dto/refund.dto.js';
import { deploymentAnswer, refundAnswer } from './entry-presenters.js';
import { EntryWrites } from '../commands/entry-writes.js';
import { payerOf } from '../commands/deployment-payer.js';
import { commandOfBody } from '../commands/entry-command.js';
import { entryRequest, refundedUser } from '../commands/entry-request.js';
import { acceptedMicros, newEntryId } from './accepted-values.js';
import { DeploymentQuery } from '../queries/deployment-query.js';
import { CreateDeploymentRequestDto, DeploymentDto, RecordedDeploymentDto } from './dto/deployment.dto.js';

/** Deployments of modules, and what they cost. */
@ApiTags('deployments')
@Controller('api/deployments')
export class DeploymentsController {
  constructor(
    private readonly charges: Charges,
    private readonly entries: EntryWrites,
    private readonly deployments: DeploymentQuery,
  ) {}

  /**
   * Deploys a module and charges its cost now, or records a deployment that took place. Without `createdAt` it is
   * refused (402) where the credits do not suffice, and nothing happens; with it it is a fact, recorded whatever the
   * balance, by finance, admin and platform. Users and partners deploy as themselves and name the module alone; a caller who
   * earns charges itself alone, whatever its other roles. With `expectedCost` it is refused (409) where the module costs
   * something else by now. The same again answers 200 and changes nothing.
   */
  @Post()
  @Access(ANY_ROLE)
  @AuditedAs('deployments.create', 'deployment')
  @HonoursIdempotencyKey()
  @ApiCreatedResponse({
    description: 'The deployment, what paid for it, and what is left.',
    type: RecordedDeploymentDto,
  })
  @ApiOkResponse({
    description: 'It was recorded before, with this content; its figures are those of now.',
    type: RecordedDeploymentDto,
  })
  @ApiProblems(
    AUTH_PROBLEMS.OWN_INTEREST,
    CREDITS_PROBLEMS.OWN_INTEREST,
    CREDITS_PROBLEMS.INSUFFICIENT,
    CREDITS_PROBLEMS.PLATFORM_ONLY,
    CREDITS_PROBLEMS.USER_NOT_FOUND,
    CREDITS_PROBLEMS.UNKNOWN_USER,
    CREDITS_PROBLEMS.UNKNOWN_MODULE,
    CREDITS_PROBLEMS.MODULE_ARCHIVED,
    CREDITS_PROBLEMS.CONFLICT,
    MODULES_PROBLEMS.PRICE_CHANGED,
    CREDITS_PROBLEMS.TIME_AHEAD,
  )
  createDeployment(
    @Body() body: CreateDeploymentRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<RecordedDeploymentDto> {
    const userId = payerOf(body, caller);
    const command = commandOfBody('deployment', { ...body, id: body.id ?? newEntryId(), userId });
    const request = entryRequest(command, userId, caller, acceptedMicros(body.expectedCost));
    const entry = { request: () => request, answer: deploymentAnswer, userId };
    return request.isCharge ? this.charges.charge({ write, request, entry }) : this.entries.run(write, entry);
  }

  /** Shows a deployment and what pays for it now, to its own user, finance, admin and platform. */
  @Get(':id')
  @Access(ANY_ROLE)
  @ApiOkResponse({ description: 'The deployment.', type: DeploymentDto })
  @ApiProblems(CREDITS_PROBLEMS.DEPLOYMENT_NOT_FOUND)
  getDeployment(
    @PlatformIdParam('id', { example: 'dep_81' }) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<DeploymentDto> {
    return this.deployments.get(id, caller);
  }

  /**
   * Gives a deployment back, in whole or in part: first what was never paid, then what paid last. The same again answers
   * 200 and changes nothing.
   */
  @Post(':id/refunds')
  @Access('finance', 'admin', 'platform')
  @WritesMoney()
  @AuditedAs('deployments.refund', 'deployment')
  @HonoursIdempotencyKey()
  @ApiCreatedResponse({ description: 'The refund, and what it gave back.', type: RefundDto })
  @ApiOkResponse({ description: 'It was recorded before, with this content.', type: RefundDto })
  @ApiProblems(
    CREDITS_PROBLEMS.OWN_INTEREST,
    CREDITS_PROBLEMS.DEPLOYMENT_NOT_FOUND,
    CREDITS_PROBLEMS.CONFLICT,
    CREDITS_PROBLEMS.TIME_AHEAD,
    CREDITS_PROBLEMS.BEFORE_DEPLOYMENT,
    CREDITS_PROBLEMS.NOTHING_LEFT,
    CREDITS_PROBLEMS.MORE_THAN_LEFT,
  )
  refundDeployment(
    @PlatformIdParam('id', { example: 'dep_81' }) deploymentId: string,
    @Body() body: RefundRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<RefundDto> {
    const externalId = body.externalId ?? newEntryId();
    const command = commandOfBody('refund', { ...body, externalId, deploymentId });
    return this.entries.run(write, {
      request: async (manager) =>
        entryRequest(command, await refundedUser('deployment', deploymentId, manager), caller),
      answer: refundAnswer,
      targetId: deploymentId,
    });
  }
}
