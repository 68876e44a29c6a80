-- By a trigger, so that it is right whoever writes a name, a process of the version before included.

CREATE FUNCTION set_module_search_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_name := search_text(NEW.name);
  RETURN NEW;
END $$;

CREATE TRIGGER modules_search_name BEFORE INSERT OR UPDATE ON modules
  FOR EACH ROW EXECUTE FUNCTION set_module_search_name();
