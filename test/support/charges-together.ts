import { createHash } from 'node:crypto';
import type { Response } from 'express';
import type { CurrentHttpWrite } from '../../src/audit/index.js';
import { DeploymentsController } from '../../src/credits/http/deployments.controller.js';
import type { CreateDeploymentRequestDto } from '../../src/credits/http/dto/deployment.dto.js';
import { Problem } from '../../src/platform/problem/index.js';
import type { TestService } from './service.js';

/** A charge as the platform's back end sends it. */
export interface ChargeOrder extends CreateDeploymentRequestDto {
  /** Its `Idempotency-Key`. */
  readonly key?: string;
}

/** The answer to its caller. */
export interface ChargeAnswer {
  readonly status: number;
  /** For a refusal. */
  readonly code?: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

const PLATFORM = {
  id: 'backend',
  roles: new Set(['platform'] as const),
  rolesAccount: '',
  partnerId: null,
  earnsAs: null,
};

/**
 * Calls the handler of `POST /api/deployments` for all charges before anything else runs, so that they wait and are
 * charged together. Over HTTP it would depend on chance which charges meet.
 */
export function chargeTogether(
  { app }: Pick<TestService, 'app'>,
  orders: readonly ChargeOrder[],
): Promise<ChargeAnswer[]> {
  const deployments = app.get(DeploymentsController, { strict: false });
  return Promise.all(
    orders.map(async ({ key, ...order }, index) => {
      const answer = { status: 0, headers: {} as Record<string, string> };
      const write: CurrentHttpWrite = {
        caller: PLATFORM,
        action: 'deployments.create',
        targetType: 'deployment',
        requestId: `request-${index}`,
        idempotencyKey: key === undefined ? null : { callerId: PLATFORM.id, key, fingerprint: sha256(order) },
        response: responseInto(answer),
      };
      try {
        const body = await deployments.createDeployment(order, PLATFORM, write);
        return { ...answer, body: { ...body } };
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const { status } = error.kind;
        return { status, code: error.kind.code, body: { ...error.extra }, headers: { ...error.headers } };
      }
    }),
  );
}

function responseInto(answer: { status: number; headers: Record<string, string> }): Response {
  const response = {
    status: (status: number) => {
      answer.status = status;
      return response;
    },
    set: (headers: Record<string, string> | string, value = '') => {
      Object.assign(answer.headers, typeof headers === 'string' ? { [headers]: value } : headers);
      return response;
    },
  };
  return response as unknown as Response;
}

function sha256(order: object): Buffer {
  return createHash('sha256').update(JSON.stringify(order)).digest();
}
