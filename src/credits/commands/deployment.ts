import { frozenCreditCost, frozenPool, type Deployment, type ModuleTerms } from '../../domain/index.js';
import { field, type ReadValues } from './command-fields.js';
import { decimal, FieldRefusal, id, instant, optional, type FieldReader } from './json-fields.js';

/** A deployment cannot have this id, because its path is that of the report's summary (docs/contract.md, "Ids"). */
export const RESERVED_DEPLOYMENT_ID = 'summary';
export const RESERVED_DEPLOYMENT_ID_MESSAGE = `must not be "${RESERVED_DEPLOYMENT_ID}", which is part of a path of the report`;

const deploymentId: FieldReader<string> = (value) => {
  if (value === RESERVED_DEPLOYMENT_ID) throw new FieldRefusal(RESERVED_DEPLOYMENT_ID_MESSAGE);
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

/** A request to record a deployment. Without a cost it has the module's cost. */
export type DeploymentCommand = { readonly type: 'deployment' } & ReadValues<typeof DEPLOYMENT_FIELDS>;

/** Converts the command to its entry, with the module's current terms. */
export function deploymentOf(
  { type, id, userId, moduleId, credits, occurredAt }: DeploymentCommand,
  module: ModuleTerms,
): Deployment {
  const cost = frozenCreditCost(credits, module, userId);
  return { type, id, occurredAt, credits: cost, pool: frozenPool(module), moduleId };
}
