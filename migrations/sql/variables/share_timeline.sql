-- The share becomes a timeline: a list of {from, value}, `from` an instant or null for the beginning of all time. Null: one
-- share for all time, `value`. With a timeline, `value` is the share that was in force when it was set. It is in the row
-- of the variable, so a report reads it with the other variables.

ALTER TABLE variables
  ADD COLUMN timeline jsonb,
  ADD CONSTRAINT variables_timeline_is_of_share
    CHECK (timeline IS NULL OR (key = 'partnerRevenueShare' AND jsonb_typeof(timeline) = 'array'));

-- What a change of the share concerned: the day as the caller named it, its first instant, and the timeline after it.

ALTER TABLE variable_changes
  ADD COLUMN effective_day text COLLATE "C",
  ADD COLUMN effective_at timestamptz,
  ADD COLUMN timeline jsonb;

-- A share that is set without a timeline, by an earlier version of the service or by hand, replaces all steps.

CREATE FUNCTION reset_share_timeline() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.timeline := NULL;
  RETURN NEW;
END $$;

CREATE TRIGGER variables_timeline_is_current BEFORE UPDATE ON variables
  FOR EACH ROW WHEN (NEW.value <> OLD.value AND NEW.timeline = OLD.timeline)
  EXECUTE FUNCTION reset_share_timeline();
