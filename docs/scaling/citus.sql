-- The same tables on Citus: the ledger by user, the report by partner. Run on the coordinator, as the role that owns the
-- tables, after the migrations and before any data. Not tried: no Citus could be run where this was written. See
-- docs/scaling.md for what the service needs changed beside it.
CREATE EXTENSION IF NOT EXISTS citus;

-- Small, and joined or referenced everywhere: a copy on every node.
SELECT create_reference_table('users');
SELECT create_reference_table('modules');
SELECT create_reference_table('variables');

-- Keys have to hold the distribution column. What a refund names is of the same user, so the reference stays on one node.
ALTER TABLE credit_entries
  DROP CONSTRAINT credit_entries_refunded_fkey,
  DROP CONSTRAINT credit_entries_id_unique,
  DROP CONSTRAINT credit_entries_pkey,
  ADD CONSTRAINT credit_entries_pkey PRIMARY KEY (user_id, sequence),
  ADD CONSTRAINT credit_entries_id_unique UNIQUE (type, id, user_id);
DROP TRIGGER users_open_credit_accounts ON users;
DROP TRIGGER credit_entries_append_only ON credit_entries;

-- The ledger and what the fold makes of it: everything of one user on one node, so a charge locks and reads on one node.
SELECT create_distributed_table('credit_accounts', 'user_id', shard_count => 64);
SELECT create_distributed_table('credit_entries', 'user_id', colocate_with => 'credit_accounts');
SELECT create_distributed_table('credit_lots', 'user_id', colocate_with => 'credit_accounts');
SELECT create_distributed_table('credit_allocations', 'user_id', colocate_with => 'credit_accounts');
SELECT create_distributed_table('credit_debts', 'user_id', colocate_with => 'credit_accounts');
ALTER TABLE credit_entries ADD CONSTRAINT credit_entries_refunded_fkey
  FOREIGN KEY (refunded_type, refunded_id, user_id) REFERENCES credit_entries (type, id, user_id);

-- An id is of one user only: all ids in a table of their own, by themselves.
CREATE TABLE credit_entry_ids (
  type text NOT NULL,
  id   text COLLATE "C" NOT NULL,
  CONSTRAINT credit_entry_ids_pkey PRIMARY KEY (type, id)
);
SELECT create_distributed_table('credit_entry_ids', 'id', colocate_with => 'none');

-- The report: everything of one partner on one node. partner_id is null on the platform's own modules, and a distribution
-- column may be neither null nor generated: the service writes coalesce(partner_id, '').
DROP TRIGGER deployment_revenue_inserted_deltas ON deployment_revenue;
DROP TRIGGER deployment_revenue_updated_deltas ON deployment_revenue;
DROP TRIGGER deployment_revenue_deleted_deltas ON deployment_revenue;
ALTER TABLE deployment_revenue
  ADD COLUMN owner_id text COLLATE "C" NOT NULL,
  ADD CONSTRAINT deployment_revenue_owner_follows CHECK (owner_id = coalesce(partner_id, '')),
  DROP CONSTRAINT deployment_revenue_pkey,
  ADD CONSTRAINT deployment_revenue_pkey PRIMARY KEY (owner_id, user_id, deployment_id);
SELECT create_distributed_table('deployment_revenue', 'owner_id', shard_count => 64, colocate_with => 'none');
ALTER TABLE revenue_deltas ADD COLUMN owner_id text COLLATE "C" NOT NULL;
SELECT create_distributed_table('revenue_deltas', 'owner_id', colocate_with => 'deployment_revenue');
-- Sums of partners, modules and the whole platform: small, and written by one background worker.
SELECT create_reference_table('revenue_rollups');
