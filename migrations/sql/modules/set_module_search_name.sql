-- A trigger writes search_name, so that it is correct for every writer, including processes of the previous version.

CREATE FUNCTION set_module_search_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_name := search_text(NEW.name);
  RETURN NEW;
END $$;

CREATE TRIGGER modules_search_name BEFORE INSERT OR UPDATE ON modules
  FOR EACH ROW EXECUTE FUNCTION set_module_search_name();
