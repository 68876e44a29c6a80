import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the fold makes of the ledger: lots, allocations (which lot paid which spend), open debts, and the report's row
 * of each deployment. Projections only: a rebuild gives them back from the ledger, so they carry no foreign keys;
 * `verify` compares them with a fold of their own instead.
 */
export class CreditProjections1700000011000 implements MigrationInterface {
  readonly name = 'CreditProjections1700000011000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(LOTS);
    await queryRunner.query(ALLOCATIONS);
    await queryRunner.query(DEBTS);
    await queryRunner.query(DEPLOYMENT_REVENUE);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE deployment_revenue, credit_debts, credit_allocations, credit_lots');
  }
}

/** docs/rules.md, invariant 2, as a constraint: acquired = left + paid + lapsed + refunded, in credits and in value. */
const LOTS = `
  CREATE TABLE credit_lots (
    user_id          text COLLATE "C" NOT NULL,
    pool             text NOT NULL,
    id               text COLLATE "C" NOT NULL,
    opened_at        timestamptz NOT NULL,
    expires_at       timestamptz,
    acquired_credits numeric(18,6) NOT NULL,
    acquired_value   numeric(24,6) NOT NULL,
    left_credits     numeric(18,6) NOT NULL,
    left_value       numeric(24,6) NOT NULL,
    paid_credits     numeric(18,6) NOT NULL,
    paid_value       numeric(24,6) NOT NULL,
    lapsed_credits   numeric(18,6) NOT NULL,
    lapsed_value     numeric(24,6) NOT NULL,
    refunded_credits numeric(18,6) NOT NULL,
    refunded_value   numeric(24,6) NOT NULL,
    CONSTRAINT credit_lots_pkey PRIMARY KEY (user_id, pool, id),
    CONSTRAINT credit_lots_pool_known CHECK (pool IN ('free', 'purchased')),
    CONSTRAINT credit_lots_credits_conserved CHECK (
      acquired_credits = left_credits + paid_credits + lapsed_credits + refunded_credits
      AND left_credits >= 0 AND paid_credits >= 0 AND lapsed_credits >= 0 AND refunded_credits >= 0
      AND acquired_credits > 0 AND acquired_credits < 'NaN'),
    CONSTRAINT credit_lots_value_conserved CHECK (
      acquired_value = left_value + paid_value + lapsed_value + refunded_value
      AND left_value >= 0 AND paid_value >= 0 AND lapsed_value >= 0 AND refunded_value >= 0
      AND acquired_value < 'NaN'),
    CONSTRAINT credit_lots_free_without_value CHECK (pool = 'purchased' OR acquired_value = 0)
  )
`;

const ALLOCATIONS = `
  CREATE TABLE credit_allocations (
    user_id       text COLLATE "C" NOT NULL,
    spend_type    text NOT NULL,
    spend_id      text COLLATE "C" NOT NULL,
    piece         integer NOT NULL,
    lot_pool      text NOT NULL,
    lot_id        text COLLATE "C" NOT NULL,
    taken_credits numeric(18,6) NOT NULL,
    taken_value   numeric(24,6) NOT NULL,
    credits       numeric(18,6) NOT NULL,
    value         numeric(24,6) NOT NULL,
    paid_at       timestamptz NOT NULL,
    CONSTRAINT credit_allocations_pkey PRIMARY KEY (user_id, spend_type, spend_id, piece),
    CONSTRAINT credit_allocations_spend_type_known CHECK (spend_type IN ('deployment', 'spend')),
    CONSTRAINT credit_allocations_lot_pool_known CHECK (lot_pool IN ('free', 'purchased')),
    CONSTRAINT credit_allocations_piece_counts_from_one CHECK (piece >= 1),
    CONSTRAINT credit_allocations_bounds CHECK (
      taken_credits > 0 AND taken_credits < 'NaN' AND credits BETWEEN 0 AND taken_credits
      AND taken_value >= 0 AND taken_value < 'NaN' AND value BETWEEN 0 AND taken_value)
  )
`;

const DEBTS = `
  CREATE TABLE credit_debts (
    user_id        text COLLATE "C" NOT NULL,
    spend_type     text NOT NULL,
    spend_id       text COLLATE "C" NOT NULL,
    pool           text NOT NULL,
    occurred_at    timestamptz NOT NULL,
    unpaid_credits numeric(18,6) NOT NULL,
    CONSTRAINT credit_debts_pkey PRIMARY KEY (user_id, spend_type, spend_id),
    CONSTRAINT credit_debts_spend_type_known CHECK (spend_type IN ('deployment', 'spend')),
    CONSTRAINT credit_debts_pool_known CHECK (pool IN ('any', 'free', 'purchased')),
    CONSTRAINT credit_debts_unpaid_bounds CHECK (unpaid_credits > 0 AND unpaid_credits < 'NaN')
  )
`;

/**
 * docs/rules.md, invariant 1, as a constraint: cost = free + purchased + unpaid + refunded. partner_id is copied from the
 * module, which cannot change it once it has deployments; shared_gross is what a partner shares in: 0 on platform
 * modules. A deployment's id is unique in the ledger, so the key can lead with the user, by whom rows are replaced.
 */
const DEPLOYMENT_REVENUE = `
  CREATE TABLE deployment_revenue (
    user_id           text COLLATE "C" NOT NULL,
    deployment_id     text COLLATE "C" NOT NULL,
    module_id         text COLLATE "C" NOT NULL,
    partner_id        text COLLATE "C",
    deployed_at       timestamptz NOT NULL,
    credit_cost       numeric(18,6) NOT NULL,
    free_credits      numeric(18,6) NOT NULL,
    purchased_credits numeric(18,6) NOT NULL,
    unpaid_credits    numeric(18,6) NOT NULL,
    refunded_credits  numeric(18,6) NOT NULL,
    gross_revenue     numeric(24,6) NOT NULL,
    shared_gross      numeric(24,6) NOT NULL,
    CONSTRAINT deployment_revenue_pkey PRIMARY KEY (user_id, deployment_id),
    CONSTRAINT deployment_revenue_credits_conserved CHECK (
      credit_cost = free_credits + purchased_credits + unpaid_credits + refunded_credits
      AND free_credits >= 0 AND purchased_credits >= 0 AND unpaid_credits >= 0 AND refunded_credits >= 0
      AND credit_cost < 'NaN'),
    CONSTRAINT deployment_revenue_gross_bounds CHECK (gross_revenue >= 0 AND gross_revenue < 'NaN'),
    CONSTRAINT deployment_revenue_shared_gross_follows
      CHECK (shared_gross = CASE WHEN partner_id IS NULL THEN 0 ELSE gross_revenue END)
  );
  CREATE INDEX deployment_revenue_by_partner ON deployment_revenue (partner_id, deployed_at, deployment_id)
    INCLUDE (module_id, credit_cost, free_credits, purchased_credits, unpaid_credits, refunded_credits, gross_revenue);
  CREATE INDEX deployment_revenue_by_module ON deployment_revenue (module_id, deployed_at, deployment_id);
  CREATE INDEX deployment_revenue_by_time ON deployment_revenue (deployed_at, deployment_id);
`;
