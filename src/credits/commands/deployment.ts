import { frozenCreditCost, frozenPool, type Deployment, type ModuleTerms } from '../../domain/index.js';
import { field, type ReadValues } from './command-fields.js';
import { decimal, FieldRefusal, id, instant, optional, type FieldReader } from './json-fields.js';

/** A deployment shares its address with the report's summary, so none has this id (docs/contract.md, "Ids"). */
export const TAKEN_DEPLOYMENT_ID = 'summary';
export const TAKEN_DEPLOYMENT_ID_MESSAGE = `must not be "${TAKEN_DEPLOYMENT_ID}", which is an address of the report`;

const deploymentId: FieldReader<string> = (value) => {
  if (value === TAKEN_DEPLOYMENT_ID) throw new FieldRefusal(TAKEN_DEPLOYMENT_ID_MESSAGE);
  return id(value);
};

/** The fields of a deployment in JSON (docs/rules.md, "Entries"). */
export const DEPLOYMENT_FIELDS = {
  id: field('id', deploymentId),
  userId: field('userId', id),
  moduleId: field('moduleId', id),
  creditCost: field('credits', optional(decimal)),
  createdAt: field('occurredAt', instant),
} as const;

/** Asks to record a deployment. Without a cost it costs what its module costs. */
export type DeploymentCommand = { readonly type: 'deployment' } & ReadValues<typeof DEPLOYMENT_FIELDS>;

/** The entry that it records, on the module's terms of now. */
export function deploymentOf(
  { type, id, userId, moduleId, credits, occurredAt }: DeploymentCommand,
  module: ModuleTerms,
): Deployment {
  const cost = frozenCreditCost(credits, module, userId);
  return { type, id, occurredAt, credits: cost, pool: frozenPool(module), moduleId };
}
