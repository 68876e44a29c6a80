-- The boundary between two local days, which reports filter by: PostgreSQL alone computes with time zones, so that a
-- report, its export and everything derived from them cannot disagree.

-- `timestamp AT TIME ZONE` is not enough: it takes the later of two midnights, and makes up an instant for a midnight
-- that the zone leaves out. Instead this walks over all instants that can show the midnight anywhere on Earth, hour
-- by hour, and returns the first at which the local clock has come to it. Inside an hour without a change of offset
-- that instant is known; a change is first found to the second, which is what zone changes are made in. No zone
-- changes twice within an hour.

-- A day that the zone leaves out (Pacific/Apia, 2011-12-30) starts where the next one does, and so is empty.

CREATE FUNCTION local_day_start(day date, zone text) RETURNS timestamptz
  LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
  midnight      CONSTANT timestamp := day::timestamp;
  midnight_utc  CONSTANT timestamptz := midnight AT TIME ZONE 'UTC';
  -- Offsets of local mean time reached from -15:57 (Manila) to +15:14 (Metlakatla).
  hour_start    timestamptz := midnight_utc - interval '16 hours';
  hour_end      timestamptz;
  offset_start  interval := (hour_start AT TIME ZONE zone) - (hour_start AT TIME ZONE 'UTC');
  offset_end    interval;
  changed_at    timestamptz;
  unchanged_at  timestamptz;
  probe         timestamptz;
BEGIN
  FOR hour IN 1..32 LOOP
    hour_end := hour_start + interval '1 hour';
    offset_end := (hour_end AT TIME ZONE zone) - (hour_end AT TIME ZONE 'UTC');
    changed_at := NULL;
    IF offset_end <> offset_start THEN
      unchanged_at := hour_start;
      changed_at := hour_end;
      WHILE changed_at - unchanged_at > interval '1 second' LOOP
        probe := date_trunc('second', unchanged_at + (changed_at - unchanged_at) / 2);
        IF (probe AT TIME ZONE zone) - (probe AT TIME ZONE 'UTC') = offset_start THEN
          unchanged_at := probe;
        ELSE
          changed_at := probe;
        END IF;
      END LOOP;
    END IF;
    probe := midnight_utc - offset_start;
    IF probe > hour_start AND probe < coalesce(changed_at, hour_end) THEN
      RETURN probe;
    END IF;
    IF changed_at AT TIME ZONE zone >= midnight THEN
      RETURN changed_at;
    END IF;
    IF hour_end AT TIME ZONE zone >= midnight THEN
      RETURN CASE WHEN changed_at IS NULL THEN hour_end ELSE midnight_utc - offset_end END;
    END IF;
    hour_start := hour_end;
    offset_start := offset_end;
  END LOOP;
  RAISE EXCEPTION 'The zone % has no instant at or after % within 16 hours', zone, midnight;
END $$;
