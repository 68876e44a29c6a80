-- The platform's settings. Each variable has a row from the start, with its default and without an author, so that
-- there is always a row to lock.

CREATE TABLE variables (
  key text COLLATE "C" NOT NULL,
  value text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  updated_at timestamptz,
  updated_by text COLLATE "C",
  CONSTRAINT variables_pkey PRIMARY KEY (key),
  CONSTRAINT variables_key_is_known
    CHECK (key IN ('partnerRevenueShare', 'creditsPerUnit', 'currency', 'timeZone')),
  CONSTRAINT variables_value_fits_key CHECK (CASE key
    WHEN 'partnerRevenueShare'
      THEN value ~ '^[0-9]{1,3}([.][0-9]{1,4})?$' AND value::numeric BETWEEN 0 AND 100
    WHEN 'creditsPerUnit'
      THEN value ~ '^[0-9]{1,7}([.][0-9]{1,2})?$' AND value::numeric BETWEEN 0.01 AND 1000000
    WHEN 'currency' THEN value ~ '^[A-Z]{3}$'
    ELSE char_length(value) BETWEEN 1 AND 100 END),
  CONSTRAINT variables_version_is_positive CHECK (version >= 1),
  CONSTRAINT variables_update_has_author CHECK ((updated_at IS NULL) = (updated_by IS NULL))
);

INSERT INTO variables (key, value) VALUES
  ('partnerRevenueShare', '30'), ('creditsPerUnit', '10'), ('currency', 'USD'), ('timeZone', 'UTC');
