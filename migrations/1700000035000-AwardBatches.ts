import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One award to many users: what was asked for, whom it is for, and how far it has come. */
export class AwardBatches1700000035000 implements MigrationInterface {
  readonly name = 'AwardBatches1700000035000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(BATCHES);
    await queryRunner.query(ITEMS);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE award_batch_items, award_batches');
  }
}

/**
 * accepted_as: the caller as user and as partner, whose own interest no award may serve. The reason only waits here: it
 * goes to the awards' free texts, and is gone from here when the batch is finished.
 */
const BATCHES = `
  CREATE TABLE award_batches (
    sequence     bigint GENERATED ALWAYS AS IDENTITY,
    id           text COLLATE "C" NOT NULL,
    accepted_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    accepted_as  text[] COLLATE "C" NOT NULL,
    is_for_all   boolean NOT NULL,
    credits      numeric(18,6) NOT NULL,
    occurred_at  timestamptz NOT NULL,
    expires_at   timestamptz,
    reason       text,
    total        integer NOT NULL DEFAULT 0,
    finished_at  timestamptz,
    CONSTRAINT award_batches_pkey PRIMARY KEY (id),
    CONSTRAINT award_batches_id_grammar CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,99}$'),
    CONSTRAINT award_batches_credits_bounds CHECK (credits > 0 AND credits < 1000000000000),
    CONSTRAINT award_batches_expires_later CHECK (expires_at > occurred_at),
    CONSTRAINT award_batches_reason_length CHECK (char_length(reason) BETWEEN 1 AND 1000),
    CONSTRAINT award_batches_reason_is_passed_on CHECK (finished_at IS NULL OR reason IS NULL),
    CONSTRAINT award_batches_total_not_negative CHECK (total >= 0)
  );
  CREATE INDEX award_batches_unfinished ON award_batches (sequence) WHERE finished_at IS NULL;
`;

/** User n of a batch, n counting the ids bytewise from 1: the award's id is `{batch}:{n}`. */
const ITEMS = `
  CREATE TABLE award_batch_items (
    batch_id text COLLATE "C" NOT NULL,
    n        integer NOT NULL,
    user_id  text COLLATE "C" NOT NULL,
    outcome  text,
    code     text,
    reason   text,
    CONSTRAINT award_batch_items_pkey PRIMARY KEY (batch_id, n),
    CONSTRAINT award_batch_items_batch_fkey FOREIGN KEY (batch_id) REFERENCES award_batches (id),
    CONSTRAINT award_batch_items_n_counts_from_one CHECK (n >= 1),
    CONSTRAINT award_batch_items_outcome_known CHECK (outcome IN ('done', 'refused')),
    CONSTRAINT award_batch_items_refused_with_reason
      CHECK ((outcome IS NOT DISTINCT FROM 'refused') = (code IS NOT NULL AND reason IS NOT NULL))
  );
  CREATE INDEX award_batch_items_waiting ON award_batch_items (batch_id, n) WHERE outcome IS NULL;
  CREATE INDEX award_batch_items_refused ON award_batch_items (batch_id, n) WHERE outcome = 'refused';
`;
