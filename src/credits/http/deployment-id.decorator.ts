import { applyDecorators } from '@nestjs/common';
import { NotEquals } from 'class-validator';
import { IsPlatformId } from '../../platform/validation/index.js';
import { TAKEN_DEPLOYMENT_ID, TAKEN_DEPLOYMENT_ID_MESSAGE } from '../commands/deployment.js';

/** The id of a deployment that is to be recorded. */
export function IsDeploymentId(): PropertyDecorator {
  return applyDecorators(
    IsPlatformId({ example: 'dep_81' }),
    NotEquals(TAKEN_DEPLOYMENT_ID, { message: TAKEN_DEPLOYMENT_ID_MESSAGE }),
  );
}
