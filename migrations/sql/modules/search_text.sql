-- What a search compares (docs/contract.md, "Users, modules, deployments, credits", `q`): a text without case,
-- accents and invisible characters. The page has the same rule in src/dashboard/page/dom/search-text.js.

-- Its collation knows the small letters of every script, whatever the database's own: from PostgreSQL 17 on the
-- built-in one, before it ICU's root. Where there is neither, the database's own has to do.

-- The first range of characters to remove: accents of Latin, Greek and Cyrillic letters; marks of other scripts are
-- part of their letters. The second: characters that are not seen, such as soft hyphens, joiners, marks of direction
-- and byte order marks.

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
