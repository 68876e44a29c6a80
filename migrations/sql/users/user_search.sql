-- For searches of users by their first letters (docs/contract.md, "Users, modules, deployments, credits", `q`): one
-- range of an index for each way to be found, in the order of the answer. src/users/user-search.ts has the same
-- expressions.

-- The text that a search compares. Texts of ASCII characters, which most are, need only small letters; search_text costs
-- a hundred times as much, at every import of a user. The text is cut, because the decomposition of a name can be longer
-- than an index entry.
CREATE FUNCTION user_search_key(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN left(CASE WHEN octet_length(said) = char_length(said) THEN lower(said) ELSE search_text(said) END, 100);

CREATE INDEX users_search_by_id ON users (lower(id), id);
CREATE INDEX users_search_by_email ON users (user_search_key(email) COLLATE "C", id) WHERE email IS NOT NULL;
CREATE INDEX users_search_by_name ON users (user_search_key(name) COLLATE "C", id) WHERE name IS NOT NULL;

-- By the last word of a name with several words.
CREATE INDEX users_search_by_last_word
  ON users (user_search_key(substring(name FROM '\s(\S+)$')) COLLATE "C", id) WHERE name ~ '\s\S+$';

-- Few users have another role than `user`, so a list of those reads only them.
CREATE INDEX users_with_special_roles ON users (id) WHERE roles && '{partner,finance,admin,platform}';
