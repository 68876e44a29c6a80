import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a search compares (docs/contract.md, "Users, modules, deployments, credits", `q`): a function that folds case and
 * accents, and the folded name of every module. The page has the same rule in src/dashboard/page/dom/search-text.js.
 */
export class SearchTexts1700000071000 implements MigrationInterface {
  readonly name = 'SearchTexts1700000071000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(searchText(await caseCollation(queryRunner)));
    await queryRunner.query(SEARCH_NAMES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER modules_search_name ON modules;
      DROP FUNCTION set_module_search_name();
      ALTER TABLE modules DROP COLUMN search_name;
      DROP FUNCTION search_text(text);
    `);
  }
}

/**
 * A collation that knows the small letters of every script, whatever the database's own: from PostgreSQL 17 on the
 * built-in one, before it ICU's root. Nothing where there is neither; then the database's own has to do.
 */
async function caseCollation(queryRunner: QueryRunner): Promise<string> {
  const rows = (await queryRunner.query(`
    SELECT collname AS name FROM pg_collation
     WHERE collname IN ('pg_c_utf8', 'und-x-icu') AND collencoding IN (-1, pg_char_to_encoding('UTF8'))
       AND collnamespace = 'pg_catalog'::regnamespace
     ORDER BY collname LIMIT 1`)) as { name: string }[];
  return rows[0] === undefined ? '' : ` COLLATE pg_catalog."${rows[0].name}"`;
}

/** Accents of Latin, Greek and Cyrillic letters; marks of other scripts are part of their letters. */
const ACCENTS = String.raw`\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f`;
/** Characters that are not seen, such as soft hyphens, joiners, marks of direction and byte order marks. */
const INVISIBLE = String.raw`\u00ad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff`;

const searchText = (collation: string): string => String.raw`
  CREATE FUNCTION search_text(said text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN normalize(
    translate(
      replace(replace(replace(replace(
        lower(regexp_replace(normalize(said, NFKD), '[${ACCENTS}${INVISIBLE}]', '', 'g')${collation}),
        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
      'øłđħðıς', 'oldhdiσ'),
    NFC)
`;

/** By a trigger, so that it is right whoever writes a name, a process of the version before included. */
const SEARCH_NAMES = `
  ALTER TABLE modules ADD COLUMN search_name text;
  UPDATE modules SET search_name = search_text(name);
  ALTER TABLE modules ALTER COLUMN search_name SET NOT NULL;
  CREATE FUNCTION set_module_search_name() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.search_name := search_text(NEW.name);
    RETURN NEW;
  END $$;
  CREATE TRIGGER modules_search_name BEFORE INSERT OR UPDATE ON modules
    FOR EACH ROW EXECUTE FUNCTION set_module_search_name();
`;
