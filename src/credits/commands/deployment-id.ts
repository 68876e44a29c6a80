import { applyDecorators } from '@nestjs/common';
import { NotEquals } from 'class-validator';
import { IsPlatformId } from '../../platform/validation/index.js';

/** A deployment shares its address with the report's summary, so none has this id (docs/contract.md, "Ids"). */
export const TAKEN_DEPLOYMENT_ID = 'summary';
export const TAKEN_DEPLOYMENT_ID_MESSAGE = `must not be "${TAKEN_DEPLOYMENT_ID}", which is an address of the report`;

/** The id of a deployment that is to be recorded. */
export function IsDeploymentId(): PropertyDecorator {
  return applyDecorators(
    IsPlatformId({ example: 'dep_81' }),
    NotEquals(TAKEN_DEPLOYMENT_ID, { message: TAKEN_DEPLOYMENT_ID_MESSAGE }),
  );
}
