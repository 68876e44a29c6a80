import { Body, Controller, Get, Post, Query } from '@nestjs/common';
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
import { PreviewRequestDto } from './dto/preview.dto.js';
import { RefundDto, RefundRequestDto, refundAnswer } from './dto/refund.dto.js';
import { EntryWrites } from '../commands/entry-writes.js';
import { payerOf } from '../commands/deployment-payer.js';
import { commandOfBody } from '../commands/entry-command.js';
import { entryRequest, refundedUser } from '../commands/entry-request.js';
import { acceptedMicros, newEntryId } from './accepted-values.js';
import { DeploymentQuery } from '../queries/deployment-query.js';
import {
  CreateDeploymentRequestDto,
  DeploymentDto,
  RecordedDeploymentDto,
  deploymentAnswer,
} from './dto/deployment.dto.js';

/** Deployments of modules, and their refunds. */
@ApiTags('deployments')
@Controller('api/deployments')
export class DeploymentsController {
  constructor(
    private readonly charges: Charges,
    private readonly entries: EntryWrites,
    private readonly deployments: DeploymentQuery,
  ) {}

  /**
   * Deploys a module and charges its cost now, or records a deployment that took place. Without `createdAt` it is a
   * charge, which is refused (402) without any change if the credits do not suffice. With `createdAt` it is a fact,
   * which finance, admin and platform can record whatever the balance. Users and partners deploy as themselves and
   * cannot set `id`, `creditCost` or `createdAt`. Callers who receive revenue can charge only themselves, whatever
   * their other roles. With `expectedCost` the charge is refused (409) if the module has another cost. A repeated
   * request answers 200 and changes nothing.
   */
  @Post()
  @Access(ANY_ROLE)
  @AuditedAs('deployments.create', 'deployment')
  @HonoursIdempotencyKey()
  @ApiCreatedResponse({
    description: 'The deployment with its allocations, and the balance after it.',
    type: RecordedDeploymentDto,
  })
  @ApiOkResponse({
    description: 'The deployment was already recorded with this content; the figures are the current ones.',
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

  /** Shows a deployment with its current allocations. Its own user, finance, admin and platform can read it. */
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
   * Refunds a deployment, in whole or in part: first the unpaid credits, then the allocations, the last one first. A
   * repeated request answers 200 and changes nothing.
   */
  @Post(':id/refunds')
  @Access('finance', 'admin', 'platform')
  @WritesMoney()
  @AuditedAs('deployments.refund', 'deployment')
  @HonoursIdempotencyKey()
  @ApiCreatedResponse({
    description: 'The refund, with the credits that it cancelled and returned.',
    type: RefundDto,
  })
  @ApiOkResponse({ description: 'The refund was already recorded with this content.', type: RefundDto })
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
    @Query() { preview }: PreviewRequestDto,
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
      isPreview: preview,
    });
  }
}
