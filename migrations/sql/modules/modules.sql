-- The catalogue of modules, with their partners and current costs.

-- Because of the key over (id, partner_id), a change of partner conflicts with the lock of a deployment's foreign key,
-- so the partner cannot change while the first deployment of a module is being recorded. Searches read search_name,
-- which a trigger writes.
CREATE TABLE modules (
  id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  partner_id text COLLATE "C",
  credit_cost numeric(18,6) NOT NULL,
  requires_purchased_credits boolean NOT NULL DEFAULT false,
  archived boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  search_name text NOT NULL,
  CONSTRAINT modules_pkey PRIMARY KEY (id),
  CONSTRAINT modules_id_partner_id_key UNIQUE (id, partner_id),
  CONSTRAINT modules_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES users (id),
  CONSTRAINT modules_id_is_platform_id CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$'),
  CONSTRAINT modules_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  CONSTRAINT modules_credit_cost_range CHECK (credit_cost BETWEEN 0 AND 999999999999.999999)
);

CREATE INDEX modules_partner_id_id_idx ON modules (partner_id, id);

-- For the names of the modules in a page of the report, and for its order by name: of all modules, and of one
-- partner's.
CREATE INDEX modules_names ON modules (id) INCLUDE (name);
CREATE INDEX modules_by_name ON modules (lower(name) COLLATE "C", id);
CREATE INDEX modules_by_partner_and_name ON modules (partner_id, lower(name) COLLATE "C", id);
