-- Returns the first instant of a local day, the boundary by which reports filter. Only PostgreSQL computes with time
-- zones, so that a report, its export and all derived data agree.

-- `timestamp AT TIME ZONE` is not enough: it returns the later of two midnights, and invents an instant for a midnight
-- that does not exist in the zone. This function checks all instants at which it can be that midnight anywhere on
-- Earth, hour by hour, and returns the first one at which the local clock shows it or a later time. In an hour without
-- a change of offset, that instant can be computed. A change of offset is first located to the second, the resolution
-- of such changes. No zone changes its offset twice within an hour.

-- A day that does not exist in the zone (Pacific/Apia, 2011-12-30) starts at the start of the next day, so it is empty.

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
