-- Users of the platform. Ids are the platform's own and are compared bytewise.

CREATE TABLE users (
  id text COLLATE "C" NOT NULL,
  email text,
  name text,
  roles text[] NOT NULL,
  password_hash text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  anonymised_at timestamptz,
  CONSTRAINT users_pkey PRIMARY KEY (id),
  CONSTRAINT users_id_is_platform_id CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$'),
  CONSTRAINT users_email_is_address CHECK (position('@' IN email) > 1 AND char_length(email) <= 254),
  CONSTRAINT users_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  CONSTRAINT users_roles_are_known CHECK (roles <@ ARRAY['user', 'partner', 'finance', 'admin', 'platform']),
  CONSTRAINT users_password_needs_email CHECK (password_hash IS NULL OR email IS NOT NULL),
  CONSTRAINT users_anonymised_are_blank
    CHECK (anonymised_at IS NULL OR (email IS NULL AND name IS NULL AND password_hash IS NULL))
);

-- E-mail addresses are unique among users who sign in with them; other users can share one.
CREATE UNIQUE INDEX users_sign_in_email_key ON users (lower(email)) WHERE password_hash IS NOT NULL;

-- For the 50 customers in a page of finance's report: two buffers for each, whatever the number of users.
CREATE INDEX users_by_id_hash ON users USING hash (id);

-- For the partners in such a page. There are few partners, so their addresses are in a few blocks of this index,
-- instead of two buffers for each in the hash index of all users.
CREATE INDEX users_partner_addresses ON users (id) INCLUDE (email) WHERE 'partner' = ANY (roles);
