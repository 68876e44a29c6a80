import type { ClientBase } from 'pg';
import { FRESH_SCHEMA } from '../../platform/database/fresh-tables.js';
import { PROJECTION_TABLES } from '../accounts/projection-tables.js';

const { name: TABLE } = PROJECTION_TABLES.deployments;

/**
 * Marks the deployments of closed months that the rebuild changes (docs/statements.md), while writers go on. It can mark
 * more, because users can have changed since they were folded: a mark without a difference states nothing.
 */
export async function markChangedDeployments(client: ClientBase): Promise<void> {
  await client.query(`TRUNCATE ${FRESH_SCHEMA}.compared`);
  await client.query(
    `INSERT INTO ${FRESH_SCHEMA}.compared SELECT user_id, version FROM ${FRESH_SCHEMA}.versions`,
  );
  await client.query(`SELECT mark_rebuilt_deployments('${TABLE}', '${FRESH_SCHEMA}.${TABLE}', NULL)`);
}

/** Does the same for the users who were folded again since. Writers wait meanwhile. */
export async function markLastChangedDeployments(client: ClientBase): Promise<void> {
  await client.query(
    `SELECT mark_rebuilt_deployments('${TABLE}', '${FRESH_SCHEMA}.${TABLE}', array_agg(user_id))
       FROM ${FRESH_SCHEMA}.versions LEFT JOIN ${FRESH_SCHEMA}.compared AS compared USING (user_id)
      WHERE compared.version IS DISTINCT FROM versions.version
     HAVING count(*) > 0`,
  );
}
