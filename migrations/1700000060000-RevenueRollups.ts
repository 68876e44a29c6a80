import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sums of deployment_revenue that are kept ready (docs/decisions/0011-rollups-by-deltas.md). Statement triggers append what a
 * statement changed to revenue_deltas, in the transaction that changed it, whatever code path that was; a background
 * worker moves deltas into revenue_rollups. At any moment rollups + deltas = the rows, to the last digit.
 */
export class RevenueRollups1700000060000 implements MigrationInterface {
  readonly name = 'RevenueRollups1700000060000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(REPORT_COLUMNS);
    await queryRunner.query(DELTAS);
    await queryRunner.query(ROLLUPS);
    await queryRunner.query(TRIGGER_FUNCTIONS);
    await queryRunner.query(ATTACH);
    // The worker moves what stands here already, as it does with all that comes later.
    await queryRunner.query(appendDeltas(signedRows('+', 'deployment_revenue')));
    await queryRunner.query(`SELECT attach_revenue_deltas('deployment_revenue')`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER deployment_revenue_inserted_deltas ON deployment_revenue;
      DROP TRIGGER deployment_revenue_updated_deltas ON deployment_revenue;
      DROP TRIGGER deployment_revenue_deleted_deltas ON deployment_revenue;
      DROP FUNCTION attach_revenue_deltas(regclass);
      DROP FUNCTION append_inserted_revenue();
      DROP FUNCTION append_updated_revenue();
      DROP FUNCTION append_deleted_revenue();
      DROP TABLE revenue_rollups, revenue_deltas;
      ALTER TABLE deployment_revenue DROP COLUMN generating, DROP COLUMN has_partner;
    `);
  }
}

/** What every report filters by, as columns that an index can lead with. */
const REPORT_COLUMNS = `
  ALTER TABLE deployment_revenue
    ADD COLUMN generating boolean NOT NULL GENERATED ALWAYS AS (gross_revenue > 0) STORED,
    ADD COLUMN has_partner boolean NOT NULL GENERATED ALWAYS AS (partner_id IS NOT NULL) STORED
`;

/**
 * A queue: written by every charge, read whole by every report, emptied about once a second. So it has no index and no
 * constraint to pay for, and is vacuumed early: its size is what a report pays. Sums are signed; the quarter is the
 * quarter-hour (UTC) of deployed_at.
 */
const DELTAS = `
  CREATE TABLE revenue_deltas (
    module_id         text COLLATE "C" NOT NULL,
    partner_id        text COLLATE "C",
    quarter           timestamptz NOT NULL,
    generating        boolean NOT NULL,
    deployments       bigint NOT NULL,
    credit_cost       numeric NOT NULL,
    free_credits      numeric NOT NULL,
    purchased_credits numeric NOT NULL,
    unpaid_credits    numeric NOT NULL,
    refunded_credits  numeric NOT NULL,
    gross_revenue     numeric NOT NULL,
    shared_gross      numeric NOT NULL
  ) WITH (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0,
          autovacuum_vacuum_insert_threshold = -1, autovacuum_vacuum_cost_delay = 0,
          autovacuum_analyze_threshold = 1000000)
`;

/**
 * One row for everything of an owner ('partner', 'platform'), a partner or a module, for each level of time (UTC) and for
 * deployments with and without revenue. The key carries the sums, so that they are read from it alone. Signed: a delta
 * that takes away may come before the one that it takes from. Rows of zeros are deleted.
 */
const ROLLUPS = `
  CREATE TABLE revenue_rollups (
    scope             text NOT NULL,
    scope_id          text COLLATE "C" NOT NULL,
    level             text NOT NULL,
    generating        boolean NOT NULL,
    starts_at         timestamptz NOT NULL,
    deployments       bigint NOT NULL,
    credit_cost       numeric NOT NULL,
    free_credits      numeric NOT NULL,
    purchased_credits numeric NOT NULL,
    unpaid_credits    numeric NOT NULL,
    refunded_credits  numeric NOT NULL,
    gross_revenue     numeric NOT NULL,
    shared_gross      numeric NOT NULL,
    CONSTRAINT revenue_rollups_pkey PRIMARY KEY (scope, scope_id, level, generating, starts_at)
      INCLUDE (deployments, credit_cost, free_credits, purchased_credits, unpaid_credits, refunded_credits,
               gross_revenue, shared_gross),
    CONSTRAINT revenue_rollups_level_of_scope CHECK (
      scope = 'owner' AND level IN ('quarter', 'day', 'month')
      OR scope = 'partner' AND level IN ('hour', 'day', 'month')
      OR scope = 'module' AND level IN ('day', 'month'))
  ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
  CREATE INDEX revenue_rollups_emptied ON revenue_rollups (scope) WHERE deployments = 0
`;

const FIGURES = [
  'credit_cost',
  'free_credits',
  'purchased_credits',
  'unpaid_credits',
  'refunded_credits',
  'gross_revenue',
  'shared_gross',
];

/** Rows of a table as what they add to the sums, or take from them. */
function signedRows(sign: '+' | '-', table: string): string {
  const figures = FIGURES.map((figure) => `${sign}${figure} AS ${figure}`);
  return `
    SELECT module_id, partner_id, deployed_at, generating, ${sign}1 AS deployments, ${figures.join(', ')} FROM ${table}`;
}

/**
 * Appends what rows come to, unless that is nothing. `date_bin` counts quarter-hours from an instant that begins one, in
 * UTC.
 */
function appendDeltas(rows: string): string {
  const sums = ['deployments', ...FIGURES].map((column) => `sum(${column})`);
  return `
    INSERT INTO revenue_deltas (module_id, partner_id, quarter, generating, deployments, ${FIGURES.join(', ')})
    SELECT module_id, partner_id, date_bin('15 minutes', deployed_at, '2000-01-01T00:00:00Z'), generating,
           ${sums.join(', ')}
      FROM (${rows}) AS signed
     GROUP BY 1, 2, 3, 4
    HAVING ${sums.map((sum) => `${sum} <> 0`).join(' OR ')}`;
}

/** They run as whoever writes: the service's role may append deltas. An upsert comes by the first two. */
const TRIGGER_FUNCTIONS = `
  CREATE FUNCTION append_inserted_revenue() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    ${appendDeltas(signedRows('+', 'inserted'))};
    RETURN NULL;
  END $$;
  CREATE FUNCTION append_updated_revenue() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    -- An upsert that only inserted ends here.
    IF EXISTS (SELECT FROM new_rows) THEN
      ${appendDeltas(`${signedRows('+', 'new_rows')} UNION ALL ${signedRows('-', 'old_rows')}`)};
    END IF;
    RETURN NULL;
  END $$;
  CREATE FUNCTION append_deleted_revenue() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    ${appendDeltas(signedRows('-', 'deleted'))};
    RETURN NULL;
  END $$;
`;

/** For the owner, who may put another table in the place of deployment_revenue: `attach_revenue_deltas('fresh_table')`. */
const ATTACH = `
  CREATE FUNCTION attach_revenue_deltas(target regclass) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE format('CREATE TRIGGER deployment_revenue_inserted_deltas AFTER INSERT ON %s
      REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION append_inserted_revenue()', target);
    EXECUTE format('CREATE TRIGGER deployment_revenue_updated_deltas AFTER UPDATE ON %s
      REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
      FOR EACH STATEMENT EXECUTE FUNCTION append_updated_revenue()', target);
    EXECUTE format('CREATE TRIGGER deployment_revenue_deleted_deltas AFTER DELETE ON %s
      REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION append_deleted_revenue()', target);
  END $$
`;
