-- Converts a text for searches (docs/contract.md, "Users, modules, deployments, credits", `q`): it removes case,
-- accents and invisible characters. The page has the same rule in src/dashboard/page/dom/search-text.js.

-- The collation must have the small letters of all scripts, independent of the database's own collation: the built-in
-- one from PostgreSQL 17 on, ICU's root before. If there is neither, the database's own collation is used.

-- The first range of removed characters contains accents of Latin, Greek and Cyrillic letters; marks of other scripts
-- are part of their letters. The second range contains invisible characters, such as soft hyphens, joiners, direction
-- marks and byte order marks.

DO $do$
DECLARE
  collation_name text := (
    SELECT collname FROM pg_collation
     WHERE collname IN ('pg_c_utf8', 'und-x-icu') AND collencoding IN (-1, pg_char_to_encoding('UTF8'))
       AND collnamespace = 'pg_catalog'::regnamespace
     ORDER BY collname LIMIT 1);
BEGIN
  EXECUTE format($sql$
    CREATE FUNCTION search_text(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN normalize(
      translate(
        replace(replace(replace(replace(
          lower(regexp_replace(
            normalize(said, NFKD),
            '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f'
              '\u00ad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]',
            '', 'g')%s),
          'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        'øłđħðıς', 'oldhdiσ'),
      NFC)
  $sql$, coalesce(format(' COLLATE pg_catalog.%I', collation_name), ''));
END $do$;
